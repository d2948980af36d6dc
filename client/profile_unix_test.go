//go:build unix

package client

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestCLIProfileNeedsAFile: opening a pipe would block until another process writes to
// it, and a device has no end.
func TestCLIProfileNeedsAFile(t *testing.T) {
	t.Parallel()
	for name, create := range map[string]func(path string) error{
		"directory":        func(path string) error { return os.Mkdir(path, 0o700) },
		"pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"link to a device": func(path string) error { return os.Symlink("/dev/zero", path) },
	} {
		dir := t.TempDir()
		if err := create(dir + "/config.json"); err != nil {
			t.Fatal(err)
		}
		const want = "/config.json is not a regular file: replace it, or run `daytona login`"
		if _, err := CLIProfile(dir, ""); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := CLIProfileNames(dir); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%s: names: %v", name, err)
		}
	}
}
