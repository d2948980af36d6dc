package durable

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// TestLockFileWithoutName deletes the lock file while another process waits for it.
func TestLockFileWithoutName(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.lock")
	fl := flock.New(path)
	if hasName(fl) {
		t.Error("a lock that was not taken has a name")
	}
	if held, err := fl.TryLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	t.Cleanup(func() { _ = fl.Unlock() })
	if !hasName(fl) {
		t.Error("a lock that was just taken has no name")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if hasName(fl) {
		t.Error("a lock on a deleted file has a name")
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if hasName(fl) {
		t.Error("a lock on a file that was replaced has a name")
	}
}
