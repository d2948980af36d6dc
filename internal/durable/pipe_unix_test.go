//go:build unix

package durable_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPipesDoNotBlock puts pipes in the place of files and locks. Opening one blocks until
// another process opens its other end.
func TestPipesDoNotBlock(t *testing.T) {
	t.Parallel()
	dir := open(t)
	for _, name := range []string{"file", "locked.lock"} {
		if err := syscall.Mkfifo(filepath.Join(dir.Path(), name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("file", filepath.Join(dir.Path(), "link.lock")); err != nil {
		t.Fatal(err)
	}
	for what, use := range map[string]func() error{
		"read":   func() error { _, err := dir.Read("file"); return err },
		"append": func() error { return dir.Append("file", nil) },
		"lock":   func() error { _, err := dir.Lock("locked"); return err },
		"locked": func() error { _, err := dir.Locked("locked"); return err },
		"link":   func() error { _, err := dir.Lock("link"); return err },
	} {
		done := make(chan error, 1)
		go func() { done <- use() }()
		select {
		case err := <-done:
			if err == nil || !strings.HasSuffix(err.Error(), " is a pipe, not a file: remove it") {
				t.Errorf("%s: %v", what, err)
			}
		case <-time.After(3 * time.Second):
			t.Errorf("%s blocks", what)
		}
	}
}
