// Package durabletest has a disk that fails when a test wants it to, and that
// knows what a power cut would leave.
//
// A file system promises little: what was written is there after a power cut
// only if the file was fsynced, and a new name only if its folder was. [Disk]
// carries every call out on the real file system and keeps book of those
// promises beside it.
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

// ErrFull is what a full disk answers.
var ErrFull error = syscall.ENOSPC

// Op is one call to the disk: its name (mkdir, create, write, sync, close,
// rename, remove, syncdir) and the path it is about.
type Op struct {
	Name, Path string
}

// Disk is a [durable.Disk] for tests. The hooks must be set before it is used;
// they may be nil, and they are called without a lock held.
type Disk struct {
	Before func(Op) error // an error is returned to the caller in place of the call
	After  func(Op)       // called when the call was carried out

	mu     sync.Mutex
	names  map[string]*inode // what a running system sees
	synced map[string]*inode // what is certain to survive a power cut
}

// inode is the content of a file. A folder has one too, without content.
type inode struct {
	folder         bool
	written, saved []byte
}

// Mkdir implements [durable.Disk].
func (d *Disk) Mkdir(path string) error {
	return d.do(Op{"mkdir", path}, func() error {
		if err := os.Mkdir(path, 0o700); err != nil {
			return err
		}
		d.set(path, &inode{folder: true})
		return nil
	})
}

// Create implements [durable.Disk].
func (d *Disk) Create(path string) (durable.File, error) {
	f := &file{disk: d, path: path, inode: new(inode)}
	err := d.do(Op{"create", path}, func() (err error) {
		if f.real, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
			d.set(path, f.inode)
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
				d.keep(name, node)
			}
		}
		return nil
	})
}

// Crash is a way in which work ends in its middle.
type Crash string

// The crashes.
const (
	// Killed: the process is gone, the machine runs on.
	Killed Crash = "killed"
	// PowerCut: all names are there, but of the contents only what was fsynced.
	PowerCut Crash = "power cut"
	// LazyPowerCut: nothing is there that was not fsynced, names included.
	LazyPowerCut Crash = "lazy power cut"
)

// Crashes are all of them.
func Crashes() []Crash { return []Crash{Killed, PowerCut, LazyPowerCut} }

// Left returns the files that would be left in the folder, by name, if the crash
// happened now.
func (d *Disk) Left(folder string, how Crash) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	names := d.names
	if how == LazyPowerCut {
		names = d.synced
	}
	left := make(map[string][]byte)
	for path, node := range names {
		if filepath.Dir(path) != folder || node.folder {
			continue
		}
		content := node.saved
		if how == Killed {
			content = node.written
		}
		left[filepath.Base(path)] = bytes.Clone(content)
	}
	return left
}

// Restore writes files into an empty folder, as the disk of a machine that was
// started again.
func (d *Disk) Restore(folder string, files map[string][]byte) error {
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
		node := &inode{written: bytes.Clone(content), saved: bytes.Clone(content)}
		d.mu.Lock()
		d.set(path, node)
		d.keep(path, node)
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

func (d *Disk) set(path string, node *inode) {
	if d.names == nil {
		d.names = make(map[string]*inode)
	}
	d.names[path] = node
}

func (d *Disk) keep(path string, node *inode) {
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

// Write implements [durable.File]. Where a hook refuses it, half of the bytes
// have reached the file, as on a disk that fills up.
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
		_ = write(p[:len(p)/2])() // the error that counts is the hook's
		f.disk.mu.Unlock()
	}
	return n, err
}

// Sync implements [durable.File].
func (f *file) Sync() error {
	return f.disk.do(Op{"sync", f.path}, func() error {
		f.inode.saved = bytes.Clone(f.inode.written)
		return nil
	})
}

// Close implements [durable.File]. The real file is closed even where a hook
// refuses it.
func (f *file) Close() error {
	err := f.disk.do(Op{"close", f.path}, func() error { return nil })
	if closed := f.real.Close(); err == nil {
		err = closed
	}
	return err
}
