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
	path := filepath.Join(t.TempDir(), "pipe.yaml")
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
	if _, err := readWithTimeout(path, pipeTimeouts{open: time.Millisecond}); err == nil || !strings.HasPrefix(err.Error(), path+": timed out after 1ms: use a regular file") {
		t.Errorf("without a writer: %v", err)
	}
	// This unblocks the reader, and is a writer that writes nothing for the next one.
	writer, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readWithTimeout(path, pipeTimeouts{open: time.Minute, read: 2 * time.Millisecond}); err == nil || !strings.HasPrefix(err.Error(), path+": timed out after 2ms: use a regular file") {
		t.Errorf("with a silent writer: %v", err)
	}
	_ = writer.Close()
}

// TestPipeIsNoConfiguration: the default timeout of a pipe without a writer is short.
func TestPipeIsNoConfiguration(t *testing.T) {
	t.Parallel()
	for name, load := range map[string]func(string) error{
		"configuration": func(path string) error { _, _, err := Load(path, false); return err },
		"theme":         func(path string) error { _, _, err := LoadTheme(path); return err },
	} {
		path := newPipe(t)
		start := time.Now()
		if err := load(path); err == nil || !strings.Contains(err.Error(), path+": timed out after 1s") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		writer, err := os.OpenFile(path, os.O_RDWR, 0) // unblocks the reader
		if err != nil {
			t.Fatal(err)
		}
		_ = writer.Close()
	}
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
