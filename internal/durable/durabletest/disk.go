// Package durabletest has a disk that fails at a test's command and knows what a power
// cut would leave.
//
// After a power cut the content of a file is there only if the file was fsynced, and
// its name only if the directory was. [Disk] makes every call on the real file system and
// records what was fsynced.
package durabletest

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"syscall"

	"daytona/snapdeck/internal/durable"
)

// ErrFull is the error of a full disk.
var ErrFull error = syscall.ENOSPC

// Op is one call to the disk. Its name is mkdir, create, write, sync, close, rename,
// remove or syncdir.
type Op struct {
	Name, Path string
}

// Disk is a [durable.Disk] for tests. Set the hooks before the first call. They can be
// nil, and they can call the disk.
type Disk struct {
	Before func(Op) error // an error is returned instead of making the call
	After  func(Op)       // called after a successful call

	mu     sync.Mutex
	names  map[string]*inode // before a crash
	synced map[string]*inode // after a power cut
}

// inode is the content of a file. A directory has one too, without content.
type inode struct {
	isDir           bool
	written, synced []byte
}

// Mkdir implements [durable.Disk].
func (d *Disk) Mkdir(path string) error {
	return d.do(Op{"mkdir", path}, func() error {
		if err := os.Mkdir(path, 0o700); err != nil {
			return err
		}
		d.setName(path, &inode{isDir: true})
		return nil
	})
}

// Create implements [durable.Disk].
func (d *Disk) Create(path string) (durable.File, error) {
	f := &file{disk: d, path: path, inode: new(inode)}
	err := d.do(Op{"create", path}, func() (err error) {
		if f.real, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			d.setName(path, f.inode)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Rename implements [durable.Disk].
func (d *Disk) Rename(from, to string) error {
	return d.do(Op{"rename", to}, func() error {
		if err := os.Rename(from, to); err != nil {
			return err
		}
		d.names[to] = d.names[from]
		delete(d.names, from)
		return nil
	})
}

// Remove implements [durable.Disk].
func (d *Disk) Remove(path string) error {
	return d.do(Op{"remove", path}, func() error {
		if err := os.Remove(path); err != nil {
			return err
		}
		delete(d.names, path)
		return nil
	})
}

// SyncDir implements [durable.Disk].
func (d *Disk) SyncDir(path string) error {
	return d.do(Op{"syncdir", path}, func() error {
		in := func(name string, _ *inode) bool { return filepath.Dir(name) == path }
		maps.DeleteFunc(d.synced, in)
		for name, node := range d.names {
			if in(name, node) {
				d.markSynced(name, node)
			}
		}
		return nil
	})
}

// Crash is a kind of crash.
type Crash string

// The crashes.
const (
	// Killed ends the process, but not the machine.
	Killed Crash = "killed"
	// PowerCut keeps all names, and the contents that were fsynced.
	PowerCut Crash = "power cut"
	// LazyPowerCut keeps only names and contents that were fsynced.
	LazyPowerCut Crash = "lazy power cut"
)

// Crashes returns all kinds.
func Crashes() []Crash { return []Crash{Killed, PowerCut, LazyPowerCut} }

// FilesAfter returns the files in the directory, by name, after a crash now.
func (d *Disk) FilesAfter(dir string, how Crash) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := d.names
	if how == LazyPowerCut {
		names = d.synced
	}
	left := make(map[string][]byte)
	for path, node := range names {
		if filepath.Dir(path) != dir || node.isDir {
			continue
		}
		content := node.synced
		if how == Killed {
			content = node.written
		}
		left[filepath.Base(path)] = bytes.Clone(content)
	}
	return left
}

// Restore writes files into an empty directory, as after the restart of a machine.
func (d *Disk) Restore(dir string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
		node := &inode{written: bytes.Clone(content), synced: bytes.Clone(content)}
		d.mu.Lock()
		d.setName(path, node)
		d.markSynced(path, node)
		d.mu.Unlock()
	}
	return nil
}

func (d *Disk) do(op Op, call func() error) error {
	if d.Before != nil {
		if err := d.Before(op); err != nil {
			return err
		}
	}
	d.mu.Lock()
	err := call()
	d.mu.Unlock()
	if err == nil && d.After != nil {
		d.After(op)
	}
	return err
}

func (d *Disk) setName(path string, node *inode) {
	if d.names == nil {
		d.names = make(map[string]*inode)
	}
	d.names[path] = node
}

func (d *Disk) markSynced(path string, node *inode) {
	if d.synced == nil {
		d.synced = make(map[string]*inode)
	}
	d.synced[path] = node
}

// file is a file of a [Disk].
type file struct {
	disk  *Disk
	path  string
	real  *os.File
	inode *inode
}

// Write implements [durable.File]. If a hook returns an error, it writes half of the
// bytes, as on a full disk.
func (f *file) Write(p []byte) (n int, err error) {
	write := func(p []byte) func() error {
		return func() (err error) {
			n, err = f.real.Write(p)
			f.inode.written = append(f.inode.written, p[:n]...)
			return err
		}
	}
	err = f.disk.do(Op{"write", f.path}, write(p))
	if err != nil && n == 0 {
		f.disk.mu.Lock()
		_ = write(p[:len(p)/2])() // the hook's error is returned
		f.disk.mu.Unlock()
	}
	return n, err
}

// Sync implements [durable.File].
func (f *file) Sync() error {
	return f.disk.do(Op{"sync", f.path}, func() error {
		f.inode.synced = bytes.Clone(f.inode.written)
		return nil
	})
}

// Close implements [durable.File]. It closes the real file even if a hook returns an
// error.
func (f *file) Close() error {
	err := f.disk.do(Op{"close", f.path}, func() error { return nil })
	if closeErr := f.real.Close(); err == nil {
		err = closeErr
	}
	return err
}
