package durable

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// LockSuffix ends the name of the lock file of a file. The lock cannot be on the file,
// since every write replaces that.
const LockSuffix = ".lock"

// How often to try a lock, and how many of the tries must find an owner. Bystanders in
// [Dir.Locked] hold it for an instant, or for long if the machine is busy, and do not
// count as owners.
const (
	lockInterval = 10 * time.Millisecond
	ownerTries   = 30
	maxLockTries = 1000
)

// ErrLocked means that another process, or another part of this one, holds the lock.
var ErrLocked = errors.New("locked by another process")

// Lock is an exclusive lock on one file. The kernel releases it when the process ends.
type Lock struct {
	flock *flock.Flock
}

// Lock locks the file, which need not exist, or returns [ErrLocked].
func (d *Dir) Lock(name string) (*Lock, error) {
	path, err := d.filePath(name)
	if err != nil {
		return nil, err
	}
	if err := checkNoPipe(path + LockSuffix); err != nil {
		return nil, err
	}
	owned := 0
	for range maxLockTries {
		fl := flock.New(path + LockSuffix)
		held, err := fl.TryLock()
		switch {
		case err != nil:
			return nil, err
		case held && hasName(fl):
			return &Lock{flock: fl}, nil
		case held:
			// The last owner deleted the lock file in between, so other processes would
			// lock a new file.
			if err := fl.Unlock(); err != nil {
				return nil, err
			}
			continue
		}
		locked, err := d.Locked(name)
		if err != nil {
			return nil, err
		}
		if locked {
			owned++
		}
		if owned == ownerTries {
			break
		}
		time.Sleep(lockInterval)
	}
	return nil, ErrLocked
}

// hasName reports whether the locked file still exists under its name.
func hasName(fl *flock.Flock) bool {
	locked, err := fl.Stat()
	if err != nil {
		return false
	}
	current, err := os.Stat(fl.Path())
	return err == nil && os.SameFile(locked, current)
}

// Locked reports whether the file is locked. The result may be outdated at once. It tries
// a shared lock, so that several can ask at the same time without being taken for owners.
func (d *Dir) Locked(name string) (bool, error) {
	path, err := d.filePath(name)
	if err != nil {
		return false, err
	}
	if err := checkNoPipe(path + LockSuffix); err != nil {
		return false, err
	}
	fl := flock.New(path+LockSuffix, flock.SetFlag(os.O_RDONLY)) // creates no file
	held, err := fl.TryRLock()
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !held {
		return true, nil
	}
	return false, fl.Unlock()
}

// Release releases the lock. It removes the lock file first, so that no process locks a
// file that is about to be removed. A second call does nothing.
func (l *Lock) Release() error {
	if !l.flock.Locked() {
		return nil
	}
	_ = os.Remove(l.flock.Path()) // Windows refuses, and an empty file stays
	return l.flock.Unlock()
}
