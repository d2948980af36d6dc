package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// newSaver returns a function that writes a new file in dir, or in fallbackDir if that
// fails. It never overwrites a file. Only the user can read the files, because build logs
// may contain secrets.
func newSaver(dir, fallbackDir string) func(name, content string) (path string, err error) {
	return func(name, content string) (string, error) {
		path, err := createUnique(dir, name, content)
		if err == nil {
			return path, nil
		}
		if os.MkdirAll(fallbackDir, 0o700) == nil {
			if path, fallbackErr := createUnique(fallbackDir, name, content); fallbackErr == nil {
				return path, nil
			}
		}
		return "", err
	}
}

// maxCopies limits the files with the same name and different numbers.
const maxCopies = 1000

// createUnique writes a new file called name, or name-2 and so on if that exists.
func createUnique(dir, name, content string) (string, error) {
	name = fileName(name)
	extension := filepath.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	for n := 1; n <= maxCopies; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", stem, n, extension)
		}
		path, err := filepath.Abs(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		err = createFile(path, content)
		if !errors.Is(err, fs.ErrExist) {
			return path, err
		}
	}
	return "", fmt.Errorf("%d files called %s exist already", maxCopies, stem+extension)
}

// createFile writes a new file. It removes an incomplete one.
func createFile(path, content string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(content)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path) // an incomplete log is misleading
	}
	return err
}

// maxFileName fits every file system, with room for a number.
const maxFileName = 200

// fileName returns a valid file name for all systems. Parts of the name come from the
// server, so it must not contain path separators or control characters, or start with a
// dot.
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
		name = name[len(name)-maxFileName:] // keep the extension
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || name == "" {
		name = "_" + name
	}
	return name
}
