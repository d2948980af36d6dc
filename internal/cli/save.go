package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// newSaver writes texts to files: into the folder that the program was started in, as
// pagers do, or into another one where that cannot be written to. What is there is
// never overwritten. Only the user can read the files: a build log can hold a secret.
func newSaver(folder, otherwise string) func(name, content string) (path string, err error) {
	return func(name, content string) (string, error) {
		path, err := createUnique(folder, name, content)
		if err == nil {
			return path, nil
		}
		if os.MkdirAll(otherwise, 0o700) == nil {
			if path, second := createUnique(otherwise, name, content); second == nil {
				return path, nil
			}
		}
		return "", err
	}
}

// maxCopies is how many files of the same name are kept.
const maxCopies = 1000

// createUnique writes a new file, called name or, where that exists, name-2 and so on.
func createUnique(folder, name, content string) (string, error) {
	name = fileName(name)
	extension := filepath.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for n := 1; n <= maxCopies; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, extension)
		}
		path, err := filepath.Abs(filepath.Join(folder, name))
		if err != nil {
			return "", err
		}
		err = createFile(path, content)
		if !errors.Is(err, fs.ErrExist) {
			return path, err
		}
	}
	return "", fmt.Errorf("%d files called %s are there already", maxCopies, stem+extension)
}

// createFile writes a file that does not exist yet, all of it or nothing.
func createFile(path, content string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path) // half a log would be taken for a whole one
	}
	return err
}

// maxFileName is what every file system takes, with room for a number.
const maxFileName = 200

// fileName is a name as it can be a file's on any system. Parts of it come from
// the server, so nothing in it may lead to another folder, hide the file, or act
// on a terminal that lists it.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		default:
			return '_'
		}
	}, name)
	if len(name) > maxFileName {
		name = name[len(name)-maxFileName:] // with its extension
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || name == "" {
		name = "_" + name
	}
	return name
}
