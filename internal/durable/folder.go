package durable

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folder is a folder of durable files. Its methods may be called from several
// goroutines and processes at once; who changes one file from several places
// takes its lock first.
type Folder struct {
	path string
	disk Disk
}

// ErrName is the answer to a file name that would leave the folder, or that
// this package uses for its own files.
var ErrName = errors.New("not a plain file name")

// Open returns the folder at path and makes it, and the folders above it, where
// they do not exist.
func Open(path string) (*Folder, error) { return OpenOn(OS{}, path) }

// OpenOn is [Open] on another disk than the operating system's.
func OpenOn(disk Disk, path string) (*Folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := mkdirAll(disk, path); err != nil {
		return nil, err
	}
	return &Folder{path: path, disk: disk}, nil
}

// mkdirAll makes path and what is missing above it, each made permanent in its
// parent before the next one is made.
func mkdirAll(disk Disk, path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("a file is in the way")}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	parent := filepath.Dir(path)
	if err := mkdirAll(disk, parent); err != nil {
		return err
	}
	if err := disk.Mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return disk.SyncDir(parent)
}

// Path is the absolute path of the folder.
func (f *Folder) Path() string { return f.path }

// Write replaces the file, or makes it. When it returns nil the content is on
// the disk for good; when it returns an error the file is as it was, or, where
// only the last step failed, holds the new content without a promise to keep it.
func (f *Folder) Write(name string, data []byte) error {
	path, err := f.file(name)
	if err != nil {
		return err
	}
	temporary := filepath.Join(f.path, temporaryPrefix(name)+rand.Text())
	if err := f.fill(temporary, data); err != nil {
		_ = f.disk.Remove(temporary) // it is of no use, and perhaps not even there
		return err
	}
	if err := f.disk.Rename(temporary, path); err != nil {
		_ = f.disk.Remove(temporary)
		return err
	}
	return f.disk.SyncDir(f.path)
}

func (f *Folder) fill(path string, data []byte) error {
	file, err := f.disk.Create(path)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// Read returns the content of the file; [fs.ErrNotExist] where there is none.
func (f *Folder) Read(name string) ([]byte, error) {
	path, err := f.file(name)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Remove deletes the file for good, together with the temporary files that
// crashes during its writes left. A file that is not there is no error.
func (f *Folder) Remove(name string) error {
	path, err := f.file(name)
	if err != nil {
		return err
	}
	if err := f.disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), temporaryPrefix(name)) {
			_ = f.disk.Remove(filepath.Join(f.path, entry.Name())) // litter, not data
		}
	}
	return f.disk.SyncDir(f.path)
}

// Sweep removes the temporary files that a crash left of files whose lock nobody
// holds. It is for folders in which every write is made under the file's lock.
func (f *Folder) Sweep() error {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name, _, temporary := strings.Cut(strings.TrimPrefix(entry.Name(), "."), temporaryMark)
		if !temporary || !strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if locked, err := f.Locked(name); locked || err != nil {
			continue
		}
		lock, err := f.Lock(name)
		if err != nil {
			continue // somebody has just come to write it
		}
		_ = f.disk.Remove(filepath.Join(f.path, entry.Name())) // litter, not data
		if err := lock.Release(); err != nil {
			return err
		}
	}
	return nil
}

// Names returns the names of the files that end with suffix, sorted, without
// those that this package makes for itself.
func (f *Folder) Names(suffix string) ([]string, error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if entry.Type().IsRegular() && strings.HasSuffix(name, suffix) && checkName(name) == nil {
			names = append(names, name)
		}
	}
	return names, nil
}

// Append adds one line to a log file. The line reaches the file in one piece,
// also where two processes write; it is not fsynced, so a power cut may lose the
// last lines.
func (f *Folder) Append(name string, line []byte) error {
	path, err := f.file(name)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(slices.Clip(line), '\n'))
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// file turns a name into a path.
func (f *Folder) file(name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	return filepath.Join(f.path, name), nil
}

// checkName refuses what is not a plain visible file name: those of temporary
// files begin with a dot, those of locks end with .lock.
func checkName(name string) error {
	if name == "" || strings.HasPrefix(name, ".") || strings.HasSuffix(name, lockSuffix) || strings.ContainsAny(name, `/\:`) {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

// temporaryPrefix is how the names of the temporary files of a file begin.
func temporaryPrefix(name string) string { return "." + name + temporaryMark }

const temporaryMark = ".tmp-"
