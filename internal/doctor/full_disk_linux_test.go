package doctor

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestStateOnAFullDisk uses a file system of 64 KiB, if the machine can mount one.
func TestStateOnAFullDisk(t *testing.T) {
	t.Parallel()
	mount := t.TempDir()
	if err := syscall.Mount("tmpfs", mount, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("cannot mount a small file system here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(mount, syscall.MNT_DETACH) })
	if got := line(find(t, State(filepath.Join(mount, "rebuilds"), now()), "journal")); !strings.HasPrefix(got, "ok: ") {
		t.Error(got)
	}
	if err := os.WriteFile(filepath.Join(mount, "log"), make([]byte, 32<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	got := line(find(t, State(filepath.Join(mount, "rebuilds"), now()), "journal"))
	if !strings.Contains(got, "no space left on device · make the directory writable, free space on its disk") {
		t.Error(got)
	}
	if left, err := os.ReadDir(mount); err != nil || len(left) != 1 {
		t.Errorf("left in the directory: %v, %v", left, err)
	}
}
