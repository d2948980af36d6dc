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

// Folder is a folder of durable files. Several goroutines and processes can use it at
// once; to change one file from several places, take its lock first.
type Folder struct {
	path string
	disk Disk
}

// ErrName is the error for a file name outside of the folder, or of a form that this
// package uses for its own files.
var ErrName = errors.New("not a plain file name")

// Open returns the folder at path. It creates the folder and its parents if they do not
// exist.
func Open(path string) (*Folder, error) { return OpenOn(OS{}, path) }

// OpenOn is [Open] on another disk.
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

// mkdirAll creates path and its missing parents. Each is permanent before the next is
// created.
func mkdirAll(disk Disk, path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &fs.PathError{Op: "mkdir", Path: path, Err: errors.New("a file with this name exists")}
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

// Path returns the absolute path of the folder.
func (f *Folder) Path() string { return f.path }

// Write creates or replaces the file. If it returns nil, the content is permanent. If it
// returns an error, the file is unchanged, or, if only the last step failed, has the new
// content, which a power cut can lose.
func (f *Folder) Write(name string, data []byte) error {
	path, err := f.filePath(name)
	if err != nil {
		return err
	}
	temporary := filepath.Join(f.path, temporaryPrefix(name)+rand.Text())
	if err := f.writeNew(temporary, data); err != nil {
		_ = f.disk.Remove(temporary) // it may not exist
		return err
	}
	if err := f.disk.Rename(temporary, path); err != nil {
		_ = f.disk.Remove(temporary)
		return err
	}
	return f.disk.SyncDir(f.path)
}

func (f *Folder) writeNew(path string, data []byte) error {
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

// Read returns the content of the file, or [fs.ErrNotExist].
func (f *Folder) Read(name string) ([]byte, error) {
	path, err := f.filePath(name)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Remove deletes the file permanently, with the temporary files of its interrupted
// writes. It is not an error if the file does not exist.
func (f *Folder) Remove(name string) error {
	path, err := f.filePath(name)
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
			_ = f.disk.Remove(filepath.Join(f.path, entry.Name())) // no data is lost if it stays
		}
	}
	return f.disk.SyncDir(f.path)
}

// RemoveTemporary removes the temporary files of interrupted writes, except those of
// files that are locked. It is for folders in which every write holds the file's lock.
func (f *Folder) RemoveTemporary() error {
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
			continue // another process has just locked it
		}
		_ = f.disk.Remove(filepath.Join(f.path, entry.Name())) // no data is lost if it stays
		if err := lock.Release(); err != nil {
			return err
		}
	}
	return nil
}

// Names returns the sorted names of the files that end with suffix, without this
// package's own files.
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

// Append adds one line to a log file. Lines of two processes do not mix. It does not
// fsync, so a power cut can lose the last lines.
func (f *Folder) Append(name string, line []byte) error {
	path, err := f.filePath(name)
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

// filePath returns the path of a file.
func (f *Folder) filePath(name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	return filepath.Join(f.path, name), nil
}

// checkName returns [ErrName] unless name is a plain file name. Names of temporary files
// start with a dot, names of lock files end with .lock.
func checkName(name string) error {
	if name == "" || strings.HasPrefix(name, ".") || strings.HasSuffix(name, lockSuffix) || strings.ContainsAny(name, `/\:`) {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

// temporaryPrefix starts the names of the temporary files of a file.
func temporaryPrefix(name string) string { return "." + name + temporaryMark }

const temporaryMark = ".tmp-"
