//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"daytona/snapdeck/internal/durable"
)

func TestDeadDemosAreRemoved(t *testing.T) {
	t.Parallel()
	temp, elsewhere := t.TempDir(), t.TempDir()
	live, err := newDemoState(temp)
	if err != nil {
		t.Fatal(err)
	}
	makeDirs(t, filepath.Join(elsewhere, "kept"))
	for name, create := range map[string]func(path string) error{
		"snapdeck-demo-dead": func(path string) error {
			makeDirs(t, filepath.Join(path, "rebuilds"))
			return os.Symlink(elsewhere, path+"/link")
		},
		"snapdeck-demo-no-lock": func(path string) error { makeDirs(t, path); return nil },
		"snapdeck-demo-link":    func(path string) error { return os.Symlink(elsewhere, path) },
		"snapdeck-demo-file":    func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"other-demo-dead":       func(path string) error { makeDirs(t, path); return nil },
	} {
		if err := create(filepath.Join(temp, name)); err != nil {
			t.Fatal(err)
		}
		if name == "snapdeck-demo-no-lock" {
			continue
		}
		if err := os.WriteFile(filepath.Join(temp, name+durable.LockSuffix), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before := names(t, temp)
	if os.Getuid() == 0 {
		for _, name := range []string{"snapdeck-demo-other", "snapdeck-demo-other.lock"} {
			path := filepath.Join(temp, name)
			makeDirs(t, path)
			if err := os.Chown(path, 12345, 12345); err != nil {
				t.Fatal(err)
			}
			before = append(before, name)
		}
		slices.Sort(before)
	}
	removeDeadDemos(temp)
	want := slices.DeleteFunc(before, func(name string) bool {
		return name == "snapdeck-demo-dead" || name == "snapdeck-demo-dead.lock"
	})
	if got := names(t, temp); !slices.Equal(got, want) {
		t.Errorf("left %q, want %q", got, want)
	}
	if got := names(t, elsewhere); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("behind a link: %q", got)
	}
	live.close()
	if left, _ := filepath.Glob(live.dir + "*"); len(left) > 0 {
		t.Errorf("a demo that ends leaves %q", left)
	}
}

func TestDemoStateNeedsATemporaryDirectory(t *testing.T) {
	t.Parallel()
	if _, err := newDemoState(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no error")
	}
	removeDeadDemos(filepath.Join(t.TempDir(), "none"))
}

func makeDirs(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		all = append(all, entry.Name())
	}
	return all
}
