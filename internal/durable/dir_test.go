package durable_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"daytona/snapdeck/internal/durable"
)

func TestWriteReadRemove(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "snapdeck", "rebuilds")
	dir, err := durable.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for dir := path; filepath.Base(dir) != "state"; dir = filepath.Dir(dir) {
		wantMode(t, dir, 0o700|fs.ModeDir)
	}
	for _, content := range []string{"one", "", strings.Repeat("two", 1<<16)} {
		if err := dir.Write("a.json", []byte(content)); err != nil {
			t.Fatal(err)
		}
		got, err := dir.Read("a.json")
		if err != nil || string(got) != content {
			t.Fatalf("read %d bytes, %v; want %d bytes", len(got), err, len(content))
		}
		wantMode(t, filepath.Join(path, "a.json"), 0o600)
	}
	if err := dir.Write("b.txt", nil); err != nil {
		t.Fatal(err)
	}
	names, err := dir.Names(".json")
	if err != nil || fmt.Sprint(names) != "[a.json]" {
		t.Errorf("names %v, %v", names, err)
	}
	for range 2 { // the second time there is no file
		if err := dir.Remove("a.json"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := dir.Read("a.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("read after remove: %v", err)
	}
	if left := list(t, path); len(left) != 1 {
		t.Errorf("left in the directory: %v", left)
	}
}

func TestNamesStayInTheDir(t *testing.T) {
	t.Parallel()
	dir := open(t)
	for _, name := range []string{"", ".", "..", "../a", "a/b", `a\b`, "c:a", ".hidden", "a.json.lock"} {
		if err := dir.Write(name, nil); !errors.Is(err, durable.ErrName) {
			t.Errorf("write %q: %v", name, err)
		}
		if _, err := dir.Read(name); !errors.Is(err, durable.ErrName) {
			t.Errorf("read %q: %v", name, err)
		}
		if err := dir.Remove(name); !errors.Is(err, durable.ErrName) {
			t.Errorf("remove %q: %v", name, err)
		}
		if _, err := dir.Lock(name); !errors.Is(err, durable.ErrName) {
			t.Errorf("lock %q: %v", name, err)
		}
		if err := dir.Append(name, nil); !errors.Is(err, durable.ErrName) {
			t.Errorf("append %q: %v", name, err)
		}
	}
}

func TestOpenFailsAtAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "below")} {
		if _, err := durable.Open(path); err == nil {
			t.Errorf("opened %s", path)
		}
	}
}

func TestAppendKeepsLinesWhole(t *testing.T) {
	t.Parallel()
	dir := open(t)
	var writers sync.WaitGroup
	for w := range 8 {
		writers.Go(func() {
			line := strings.Repeat(string(rune('a'+w)), 1000)
			for range 50 {
				if err := dir.Append("log.jsonl", []byte(line)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	data, err := dir.Read("log.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) != 400 {
		t.Errorf("%d lines, want 400", len(lines))
	}
	for _, line := range lines {
		if line != strings.Repeat(line[:1], 1000) {
			t.Fatalf("a mixed line: %.60s", line)
		}
	}
	wantMode(t, filepath.Join(dir.Path(), "log.jsonl"), 0o600)
}

func open(t *testing.T) *durable.Dir {
	t.Helper()
	dir, err := durable.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func list(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func wantMode(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != mode {
		t.Errorf("%s has mode %v, want %v", path, info.Mode(), mode)
	}
}
