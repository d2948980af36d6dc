//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestDebugLogNeedsAFile: a pipe blocks, and a terminal would show what servers send.
func TestDebugLogNeedsAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, link, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "link"), filepath.Join(dir, "socket")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mknod(socket, syscall.S_IFSOCK|0o600, 0); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, pipe, link, socket, os.DevNull, "/dev/stdout"} {
		got := run(t, map[string]string{"DAYTONA_API_URL": "http://127.0.0.1:1/api", "DAYTONA_API_KEY": "k"}, "list", "--debug", path)
		if got.code != exitUsage || got.out != "" || got.err != "snapdeck: --debug: "+path+" is not a regular file\n" {
			t.Errorf("%s: code %d, stdout %q, stderr %q", path, got.code, got.out, got.err)
		}
	}
	if got := run(t, map[string]string{"DAYTONA_API_KEY": "k"}, "list", "--debug", filepath.Join(dir, "none", "file")); got.code != exitUsage || strings.Count(got.err, "\n") != 1 {
		t.Errorf("no directory: code %d, stderr %q", got.code, got.err)
	}
}
