package durable

import (
	"io"
	"os"
	"runtime"
)

// Disk makes the system calls that write to a disk. [OS] is the real one.
type Disk interface {
	// Mkdir creates one directory with mode 0700.
	Mkdir(path string) error
	// Create creates a file with mode 0600. It must not exist.
	Create(path string) (File, error)
	// Rename renames a file and replaces the one at to.
	Rename(from, to string) error
	// Remove deletes a file.
	Remove(path string) error
	// SyncDir makes changes to the names in a directory permanent.
	SyncDir(path string) error
}

// File is a file that is being written.
type File interface {
	io.WriteCloser
	// Sync makes the content permanent.
	Sync() error
}

// OS is the disk of the operating system.
type OS struct{}

// Mkdir implements [Disk].
func (OS) Mkdir(path string) error { return os.Mkdir(path, 0o700) }

// Create implements [Disk].
func (OS) Create(path string) (File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// Rename implements [Disk].
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// Remove implements [Disk].
func (OS) Remove(path string) error { return os.Remove(path) }

// SyncDir implements [Disk]. Windows has no such call: its file systems log renames.
func (OS) SyncDir(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if closeErr := dir.Close(); err == nil {
		err = closeErr
	}
	return err
}
