//go:build unix

package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newPipe creates a named pipe.
func newPipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadPipe(t *testing.T) {
	t.Parallel()
	path := newPipe(t)
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(path, []byte("read_only: true\n"), 0o600) }()
	if c, _, err := Load(path, true); err != nil || !c.ReadOnly {
		t.Errorf("got %+v, %v", c, err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if _, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); !errors.Is(err, syscall.ENXIO) {
		t.Errorf("the pipe still has a reader: %v", err)
	}
}

func TestReadPipeTimesOut(t *testing.T) {
	t.Parallel()
	path := newPipe(t)
	if _, err := readWithTimeout(path, time.Millisecond); err == nil || !strings.HasPrefix(err.Error(), path+": timed out after 1ms: use a regular file") {
		t.Errorf("got %v", err)
	}
	// Unblock the reader.
	writer, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
}

func TestReadDevice(t *testing.T) {
	t.Parallel()
	if c, warnings, err := Load(os.DevNull, true); err != nil || len(warnings) > 0 || c.ReadOnly {
		t.Errorf("/dev/null: %+v, %v, %v", c, warnings, err)
	}
	if _, _, err := Load("/dev/zero", true); err == nil || !strings.Contains(err.Error(), "/dev/zero is larger than") {
		t.Errorf("/dev/zero: %v", err)
	}
}
