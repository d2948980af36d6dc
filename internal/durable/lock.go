package durable

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// lockSuffix ends the name of the file that carries the lock of another file.
// The lock cannot be on the file itself, since every write replaces that by a
// new one.
const lockSuffix = ".lock"

// How long to insist on a lock. Somebody who only looks whether it is held
// ([Folder.Locked]) holds it for an instant, which must not count.
const (
	lockPatience = 300 * time.Millisecond
	lockPause    = 10 * time.Millisecond
)

// ErrLocked tells that another process, or another part of this one, works on
// the file.
var ErrLocked = errors.New("somebody else is working on it")

// Lock is the right to work on one file. The kernel takes it back when the
// process ends.
type Lock struct {
	kernel *flock.Flock
}

// Lock takes the lock of the file, which need not exist, or returns [ErrLocked].
func (f *Folder) Lock(name string) (*Lock, error) {
	path, err := f.file(name)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	for {
		kernel := flock.New(path + lockSuffix)
		held, err := kernel.TryLockContext(ctx, lockPause)
		switch {
		case !held && ctx.Err() != nil:
			return nil, ErrLocked
		case err != nil:
			return nil, err
		case isCurrent(kernel):
			return &Lock{kernel: kernel}, nil
		}
		// Its last owner deleted the lock file while we waited for it: what we
		// hold has no name any more, and nobody else would meet us there.
		if err := kernel.Unlock(); err != nil {
			return nil, err
		}
	}
}

// isCurrent reports whether the locked file is still the one under its name.
func isCurrent(kernel *flock.Flock) bool {
	held, err := kernel.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(kernel.Path())
	return err == nil && os.SameFile(held, named)
}

// Locked reports whether somebody holds the lock of the file. The answer may be
// old by the time it is used.
func (f *Folder) Locked(name string) (bool, error) {
	path, err := f.file(name)
	if err != nil {
		return false, err
	}
	kernel := flock.New(path+lockSuffix, flock.SetFlag(os.O_RDONLY)) // a look makes no file
	held, err := kernel.TryLock()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !held {
		return true, nil
	}
	return false, kernel.Unlock()
}

// Release gives the lock back. The lock file goes while it is still held, so
// that nobody can take a lock on a file that is about to lose its name. Releasing
// twice does nothing.
func (l *Lock) Release() error {
	if !l.kernel.Locked() {
		return nil
	}
	_ = os.Remove(l.kernel.Path()) // Windows refuses; an empty file stays then
	return l.kernel.Unlock()
}
