package durable_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/durable/durabletest"
)

// TestWriteFails makes each disk operation of a write fail in turn. The file must have
// its old content or, if only the last step failed, its new one, and no temporary file
// may stay.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	ops := []string{"create", "write", "sync", "close", "rename", "syncdir"}
	for _, failing := range ops {
		t.Run(failing, func(t *testing.T) {
			t.Parallel()
			var full bool
			disk := &durabletest.Disk{Before: func(op durabletest.Op) error {
				if full && op.Name == failing {
					return durabletest.ErrFull
				}
				return nil
			}}
			dir, err := durable.OpenOn(disk, filepath.Join(t.TempDir(), "a"))
			if err != nil {
				t.Fatal(err)
			}
			if err := dir.Write("a.json", []byte("old")); err != nil {
				t.Fatal(err)
			}
			full = true
			if err := dir.Write("a.json", []byte("new")); !errors.Is(err, durabletest.ErrFull) {
				t.Errorf("write: %v, want a full disk", err)
			}
			want := "old"
			if failing == "syncdir" {
				want = "new"
			}
			if got, err := dir.Read("a.json"); err != nil || string(got) != want {
				t.Errorf("read %q, %v; want %q", got, err, want)
			}
			if left := list(t, dir.Path()); len(left) != 1 {
				t.Errorf("left in the directory: %v", left)
			}
			if failing != "syncdir" {
				return
			}
			if err := dir.Remove("a.json"); !errors.Is(err, durabletest.ErrFull) {
				t.Errorf("remove: %v, want the error of the directory's fsync", err)
			}
		})
	}
}

// TestCrash stops the machine after each disk operation of a first write, a second write
// and a removal, in three ways, and checks the files.
func TestCrash(t *testing.T) {
	t.Parallel()
	var (
		disk    durabletest.Disk
		dir     *durable.Dir
		allowed []string // contents that the file may have; "" is no file
		crashes int
	)
	disk.After = func(op durabletest.Op) {
		if dir == nil {
			return
		}
		for _, how := range durabletest.Crashes() {
			left := after(t, &disk, dir, how)
			crashes++
			got, err := left.Read("a.json")
			if errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
			if err != nil || !slices.Contains(allowed, string(got)) {
				t.Errorf("%s after %s: %q, %v; want one of %q", how, op.Name, got, err, allowed)
			}
			if err := left.RemoveTemporary(); err != nil {
				t.Error(err)
			}
			if all := list(t, left.Path()); len(all) > 1 || len(all) == 1 && all[0] != "a.json" {
				t.Errorf("%s after %s: temporary files stay: %v", how, op.Name, all)
			}
			// The next write and removal work.
			if err := left.Write("a.json", []byte("next")); err != nil {
				t.Error(err)
			}
			if err := left.Remove("a.json"); err != nil {
				t.Error(err)
			}
			if files := list(t, left.Path()); len(files) != 0 {
				t.Errorf("%s after %s: files %v", how, op.Name, files)
			}
		}
	}
	made, err := durable.OpenOn(&disk, filepath.Join(t.TempDir(), "a"))
	if err != nil {
		t.Fatal(err)
	}
	dir = made

	var survivor string
	settle := func(now string) { // the last content must survive
		t.Helper()
		left := after(t, &disk, dir, durabletest.LazyPowerCut)
		got, err := left.Read("a.json")
		if err != nil && !errors.Is(err, fs.ErrNotExist) || string(got) != now {
			t.Errorf("after the call: %q, %v; want %q", got, err, now)
		}
		survivor = now
	}
	allowed = []string{"", "first"}
	if err := dir.Write("a.json", []byte("first")); err != nil {
		t.Fatal(err)
	}
	settle("first")
	allowed = []string{survivor, "second"}
	if err := dir.Write("a.json", []byte("second")); err != nil {
		t.Fatal(err)
	}
	settle("second")
	allowed = []string{survivor, ""}
	if err := dir.Remove("a.json"); err != nil {
		t.Fatal(err)
	}
	settle("")
	if crashes < 3*14 {
		t.Errorf("only %d crashes were tried", crashes)
	}
}

// TestDirsSurvive checks that a new directory is as durable as its files.
func TestDirsSurvive(t *testing.T) {
	t.Parallel()
	var synced []string
	base := t.TempDir()
	disk := &durabletest.Disk{After: func(op durabletest.Op) {
		if op.Name == "syncdir" {
			synced = append(synced, op.Path)
		}
	}}
	if _, err := durable.OpenOn(disk, filepath.Join(base, "a", "b")); err != nil {
		t.Fatal(err)
	}
	if len(synced) != 2 || synced[0] != base || synced[1] != filepath.Join(base, "a") {
		t.Errorf("synced %v", synced)
	}
}

// after returns the directory after a crash.
func after(t *testing.T, disk *durabletest.Disk, dir *durable.Dir, how durabletest.Crash) *durable.Dir {
	t.Helper()
	var (
		path   = t.TempDir()
		second durabletest.Disk
	)
	if err := second.Restore(path, disk.FilesAfter(dir.Path(), how)); err != nil {
		t.Fatal(err)
	}
	left, err := durable.OpenOn(&second, path)
	if err != nil {
		t.Fatal(err)
	}
	return left
}
