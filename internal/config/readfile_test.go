package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, size := range map[string]int{"largest": maxBytes, "larger": maxBytes + 1} {
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := readWithTimeout(filepath.Join(dir, "largest"), defaultTimeouts()); err != nil || len(got) != maxBytes {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	for name, want := range map[string]string{
		"larger":  " is larger than 65536 bytes",
		"missing": ": no such file",
		"":        " is a directory, not a file",
	} {
		path := filepath.Join(dir, name)
		if _, err := readWithTimeout(path, defaultTimeouts()); err == nil || !strings.HasPrefix(err.Error(), path+want) || strings.Contains(err.Error(), "stat") {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
	}
}
