//go:build unix

package config

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// fifo makes a pipe in the file system.
func fifo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAPipeIsRead(t *testing.T) {
	t.Parallel()
	path := fifo(t)
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(path, []byte("read_only: true\n"), 0o600) }()
	if c, _, err := Load(path, true); err != nil || !c.ReadOnly {
		t.Errorf("got %+v, %v", c, err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
}

func TestAPipeThatNobodyWritesToIsGivenUp(t *testing.T) {
	t.Parallel()
	path := fifo(t)
	if _, err := readFile(path, time.Millisecond); err == nil || !strings.HasPrefix(err.Error(), path+" did not end within 1ms: want a regular file") {
		t.Errorf("got %v", err)
	}
	// Who still waits to open it for reading may end now.
	writer, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
}

func TestDevicesAreNoConfiguration(t *testing.T) {
	t.Parallel()
	if c, warnings, err := Load(os.DevNull, true); err != nil || len(warnings) > 0 || c.ReadOnly {
		t.Errorf("an empty one: %+v, %v, %v", c, warnings, err)
	}
	if _, _, err := Load("/dev/zero", true); err == nil || !strings.Contains(err.Error(), "/dev/zero has more than") {
		t.Errorf("an endless one: %v", err)
	}
}
