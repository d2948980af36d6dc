package durable

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// TestCurrent plays the moment in which the last owner deletes the lock file
// while we wait for it.
func TestCurrent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.lock")
	kernel := flock.New(path)
	if held, err := kernel.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	t.Cleanup(func() { _ = kernel.Unlock() })
	if !isCurrent(kernel) {
		t.Error("a lock that has just been taken is not current")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if isCurrent(kernel) {
		t.Error("a lock on a deleted file is current")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if isCurrent(kernel) {
		t.Error("a lock on a file that lost its name to another is current")
	}
}
