package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/durable"
)

// TestRealFullDisk writes to a file system of 64 KiB, if the machine can mount one.
func TestRealFullDisk(t *testing.T) {
	t.Parallel()
	mount := t.TempDir()
	if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("cannot mount a small file system here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) })
	dir, err := durable.Open(filepath.Join(mount, "state"))
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.Write("a.json", []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := dir.Write("a.json", make([]byte, 1<<20)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("writing 1 MiB: %v, want ENOSPC", err)
	}
	if got, err := dir.Read("a.json"); string(got) != "old" {
		t.Errorf("after the failed write: %q, %v", got, err)
	}
	if left := list(t, dir.Path()); len(left) != 1 {
		t.Errorf("left in the directory: %v", left)
	}
}

// TestAppendFails appends to a file of a full disk.
func TestAppendFails(t *testing.T) {
	t.Parallel()
	dir := open(t)
	if err := os.Symlink("/dev/full", filepath.Join(dir.Path(), "log.jsonl")); err != nil {
		t.Fatal(err)
	}
	if err := dir.Append("log.jsonl", []byte("line")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("append: %v, want ENOSPC", err)
	}
}

// TestSyncDirFails syncs a directory that does not exist and one that cannot be synced.
func TestSyncDirFails(t *testing.T) {
	t.Parallel()
	if err := (durable.OS{}).SyncDir(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a directory that does not exist: %v", err)
	}
	if err := (durable.OS{}).SyncDir("/proc"); !errors.Is(err, syscall.EINVAL) {
		t.Errorf("/proc: %v, want EINVAL", err)
	}
}
