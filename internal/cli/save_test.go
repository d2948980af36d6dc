package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSaveNeverOverwrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	save := newSaver(dir, filepath.Join(dir, "state"))
	for i, want := range []string{"build-1.log", "build-1-2.log", "build-1-3.log"} {
		content := strings.Repeat("x", i+1)
		path, err := save("build-1.log", content)
		if err != nil || path != filepath.Join(dir, want) {
			t.Fatalf("saved to %q, %v; want %s", path, err, want)
		}
		got, err := os.ReadFile(path)
		if err != nil || string(got) != content {
			t.Errorf("%s contains %q, %v", path, got, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if first, err := os.ReadFile(filepath.Join(dir, "build-1.log")); err != nil || string(first) != "x" {
		t.Errorf("the first file contains %q, %v", first, err)
	}
}

func TestSaveFallback(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	state := filepath.Join(dir, "state")
	path, err := newSaver(filepath.Join(dir, "gone"), state)("a.log", "x")
	if err != nil || path != filepath.Join(state, "a.log") {
		t.Errorf("saved to %q, %v", path, err)
	}
	if info, err := os.Stat(state); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	if path, err := newSaver(filepath.Join(dir, "gone"), filepath.Join(path, "no"))("a.log", "x"); err == nil || path != "" || !strings.Contains(err.Error(), "gone") {
		t.Errorf("both directories fail: %q, %v", path, err)
	}
}

func TestFileName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 300) + ".log"
	for raw, want := range map[string]string{
		"build-3fa2-91.log":    "build-3fa2-91.log",
		"build-../../etc/x":    "build-.._.._etc_x",
		"../x":                 "_.._x",
		`C:\x:y`:               "C__x_y",
		"-rf":                  "_-rf",
		"":                     "_",
		"a\x1b[31m\u202eb.log": "a__31m_b.log",
		long:                   long[len(long)-maxFileName:],
	} {
		if got := fileName(raw); got != want {
			t.Errorf("fileName(%q) is %q, want %q", raw, got, want)
		}
	}
}

func FuzzFileName(f *testing.F) {
	f.Add("build-1.log")
	f.Add("../..")
	f.Fuzz(func(t *testing.T, raw string) {
		dir := t.TempDir()
		path, err := createUnique(dir, raw, "x")
		if err != nil || filepath.Dir(path) != dir {
			t.Errorf("%q is saved to %q, %v", raw, path, err)
		}
	})
}
