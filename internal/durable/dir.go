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

// Dir is a directory of durable files. Several goroutines and processes can use it at
// once; to change one file from several places, take its lock first.
type Dir struct {
	path string
	disk Disk
}

// ErrName is the error for a file name outside of the directory, or of a form that this
// package uses for its own files.
var ErrName = errors.New("not a plain file name")

// Open returns the directory at path. It creates the directory and its parents if they do not
// exist.
func Open(path string) (*Dir, error) { return OpenOn(OS{}, path) }

// OpenOn is [Open] on another disk.
func OpenOn(disk Disk, path string) (*Dir, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := mkdirAll(disk, path); err != nil {
		return nil, err
	}
	return &Dir{path: path, disk: disk}, nil
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

// Path returns the absolute path of the directory.
func (d *Dir) Path() string { return d.path }

// Write creates or replaces the file. If it returns nil, the content is permanent. If it
// returns an error, the file is unchanged, or, if only the last step failed, has the new
// content, which a power cut can lose.
func (d *Dir) Write(name string, data []byte) error {
	path, err := d.filePath(name)
	if err != nil {
		return err
	}
	temporary := filepath.Join(d.path, temporaryPrefix(name)+rand.Text())
	if err := d.writeNew(temporary, data); err != nil {
		_ = d.disk.Remove(temporary) // it may not exist
		return err
	}
	if err := d.disk.Rename(temporary, path); err != nil {
		_ = d.disk.Remove(temporary)
		return err
	}
	return d.disk.SyncDir(d.path)
}

func (d *Dir) writeNew(path string, data []byte) error {
	file, err := d.disk.Create(path)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// Read returns the content of the file, or [fs.ErrNotExist].
func (d *Dir) Read(name string) ([]byte, error) {
	path, err := d.filePath(name)
	if err != nil {
		return nil, err
	}
	if err := checkNoPipe(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Size returns the size of the file in bytes, or [fs.ErrNotExist].
func (d *Dir) Size(name string) (int64, error) {
	path, err := d.filePath(name)
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Remove deletes the file permanently, with the temporary files of its interrupted
// writes. It is not an error if the file does not exist.
func (d *Dir) Remove(name string) error {
	path, err := d.filePath(name)
	if err != nil {
		return err
	}
	if err := d.disk.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), temporaryPrefix(name)) {
			_ = d.disk.Remove(filepath.Join(d.path, entry.Name())) // no data is lost if it stays
		}
	}
	return d.disk.SyncDir(d.path)
}

// RemoveTemporary removes what killed processes left: the temporary files of interrupted
// writes, except those of files that are locked, and the lock files of removed files. It is for
// directories in which every write holds the file's lock.
func (d *Dir) RemoveTemporary() error {
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if name, isLock := strings.CutSuffix(entry.Name(), LockSuffix); isLock {
			d.removeAbandonedLock(name)
			continue
		}
		name, _, temporary := strings.Cut(strings.TrimPrefix(entry.Name(), "."), temporaryMark)
		if !temporary || !strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		// A write that was running when the directory was read is over, or still locked.
		if locked, err := d.Locked(name); !locked && err == nil {
			_ = d.disk.Remove(filepath.Join(d.path, entry.Name())) // no data is lost if it stays
		}
	}
	return nil
}

// removeAbandonedLock removes the lock file of a removed file, unless it is locked.
func (d *Dir) removeAbandonedLock(name string) {
	path, err := d.filePath(name)
	if err != nil {
		return
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return
	}
	if locked, err := d.Locked(name); locked || err != nil {
		return
	}
	if lock, err := d.Lock(name); err == nil {
		_ = lock.Release() // an empty file does no harm
	}
}

// Names returns the sorted names of the files that end with suffix, without this
// package's own files.
func (d *Dir) Names(suffix string) ([]string, error) {
	entries, err := os.ReadDir(d.path)
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
func (d *Dir) Append(name string, line []byte) error {
	path, err := d.filePath(name)
	if err != nil {
		return err
	}
	if err := checkNoPipe(path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(slices.Clip(line), '\n'))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	return err
}

// checkNoPipe returns an error if a pipe is in the place of a file: opening it blocks until
// another process opens its other end.
func checkNoPipe(path string) error {
	if info, err := os.Stat(path); err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		return fmt.Errorf("%s is a pipe, not a file: remove it", path)
	}
	return nil // opening the file returns the other errors
}

// filePath returns the path of a file.
func (d *Dir) filePath(name string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	return filepath.Join(d.path, name), nil
}

// checkName returns [ErrName] unless name is a plain file name. Names of temporary files
// start with a dot, names of lock files end with .lock.
func checkName(name string) error {
	if name == "" || strings.HasPrefix(name, ".") || strings.HasSuffix(name, LockSuffix) || strings.ContainsAny(name, `/\:`) {
		return fmt.Errorf("%w: %q", ErrName, name)
	}
	return nil
}

// temporaryPrefix starts the names of the temporary files of a file.
func temporaryPrefix(name string) string { return "." + name + temporaryMark }

const temporaryMark = ".tmp-"
