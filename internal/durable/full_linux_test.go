package durable_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/durable"
)

// TestRealFullDisk writes to a file system of 64 KiB, where the machine lets us
// make one.
func TestRealFullDisk(t *testing.T) {
	t.Parallel()
	mount := t.TempDir()
	if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("cannot mount a small file system here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) })
	folder, err := durable.Open(filepath.Join(mount, "state"))
	if err != nil {
		t.Fatal(err)
	}
	if err := folder.Write("a.json", []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := folder.Write("a.json", make([]byte, 1<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("writing 1 MiB: %v, want ENOSPC", err)
	}
	if got, err := folder.Read("a.json"); string(got) != "old" {
		t.Errorf("after the failed write: %q, %v", got, err)
	}
	if left := list(t, folder.Path()); len(left) != 1 {
		t.Errorf("left in the folder: %v", left)
	}
}
