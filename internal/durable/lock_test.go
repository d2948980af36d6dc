package durable_test

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"daytona/snapdeck/internal/durable"
)

func TestLockExcludes(t *testing.T) {
	t.Parallel()
	dir := open(t)
	wantLocked := func(want bool) {
		t.Helper()
		if got, err := dir.Locked("a.json"); err != nil || got != want {
			t.Errorf("locked: %v, %v; want %v", got, err, want)
		}
	}
	wantLocked(false)
	lock, err := dir.Lock("a.json")
	if err != nil {
		t.Fatal(err)
	}
	wantLocked(true)
	if _, err := dir.Lock("a.json"); !errors.Is(err, durable.ErrLocked) {
		t.Errorf("second lock: %v", err)
	}
	if other, err := dir.Lock("b.json"); err != nil {
		t.Errorf("lock of another file: %v", err)
	} else if err := other.Release(); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	}
	wantLocked(false)
	if left := list(t, dir.Path()); len(left) != 0 {
		t.Errorf("left in the directory: %v", left)
	}
}

// A locked file may be in the middle of a write.
func TestRemoveTemporaryKeepsThoseOfLockedFiles(t *testing.T) {
	t.Parallel()
	dir := open(t)
	for _, name := range []string{"a.json", "b.json", ".a.json.tmp-1", ".b.json.tmp-1", ".hidden"} {
		if err := os.WriteFile(filepath.Join(dir.Path(), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock, err := dir.Lock("a.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.RemoveTemporary(); err != nil {
		t.Error(err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
	if got := strings.Join(list(t, dir.Path()), " "); got != ".a.json.tmp-1 .hidden a.json b.json" {
		t.Errorf("left: %s", got)
	}
}

// TestRemoveTemporaryRemovesAbandonedLocks removes the lock file of a file that is gone: its owner
// was killed between the two.
func TestRemoveTemporaryRemovesAbandonedLocks(t *testing.T) {
	t.Parallel()
	dir := open(t)
	for _, name := range []string{"a.json", "a.json.lock", "gone.json.lock"} {
		if err := os.WriteFile(filepath.Join(dir.Path(), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lock, err := dir.Lock("new.json") // its first write is yet to come
	if err != nil {
		t.Fatal(err)
	}
	if err := dir.RemoveTemporary(); err != nil {
		t.Error(err)
	}
	if got := strings.Join(list(t, dir.Path()), " "); got != "a.json a.json.lock new.json.lock" {
		t.Errorf("left: %s", got)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// TestLockSurvivesItsOwnRemoval locks and releases in many goroutines. Each release
// deletes the lock file, and there is never more than one owner.
func TestLockSurvivesItsOwnRemoval(t *testing.T) {
	t.Parallel()
	dir := open(t)
	var (
		workers sync.WaitGroup
		owners  atomic.Int32
		taken   atomic.Int32
	)
	for range 8 {
		workers.Go(func() {
			for range 100 {
				if _, err := dir.Locked("a.json"); err != nil { // bystanders
					t.Error(err)
				}
				lock, err := dir.Lock("a.json")
				if errors.Is(err, durable.ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := owners.Add(1); n != 1 {
					t.Errorf("%d owners at once", n)
				}
				taken.Add(1)
				owners.Add(-1)
				if err := lock.Release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	workers.Wait()
	if taken.Load() < 100 {
		t.Errorf("only %d locks were taken", taken.Load())
	}
}

// TestBystandersAreNoOwners asks from many goroutines whether a file is locked. None of
// them may find another one, nor keep an owner away.
func TestBystandersAreNoOwners(t *testing.T) {
	t.Parallel()
	dir := open(t)
	if err := os.WriteFile(filepath.Join(dir.Path(), "a.json.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var (
		bystanders sync.WaitGroup
		stop       = make(chan struct{})
		found      atomic.Int32
	)
	for range 8 {
		bystanders.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if locked, err := dir.Locked("a.json"); err != nil || locked {
					found.Add(1)
				}
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	if n := found.Load(); n > 0 {
		t.Errorf("%d times a bystander was taken for an owner", n)
	}
	lock, err := dir.Lock("a.json")
	if err != nil {
		t.Errorf("bystanders kept an owner away: %v", err)
	}
	close(stop)
	bystanders.Wait()
	if lock != nil {
		if err := lock.Release(); err != nil {
			t.Error(err)
		}
	}
}

// TestSlowBystander holds the shared lock of a bystander that the machine does not
// schedule for long.
func TestSlowBystander(t *testing.T) {
	t.Parallel()
	dir := open(t)
	bystander := flock.New(filepath.Join(dir.Path(), "a.json.lock"))
	if held, err := bystander.TryRLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	time.AfterFunc(700*time.Millisecond, func() { _ = bystander.Unlock() })
	lock, err := dir.Lock("a.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// TestKilledOwner kills a process that holds a lock.
func TestKilledOwner(t *testing.T) {
	const variable = "SNAPDECK_TEST_LOCK_IN"
	if path := os.Getenv(variable); path != "" {
		dir, err := durable.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := dir.Lock("a.json"); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stdout.WriteString("locked\n"); err != nil {
			t.Fatal(err)
		}
		select {}
	}
	dir := open(t)
	owner := exec.Command(os.Args[0], "-test.run=^TestKilledOwner$")
	owner.Env = append(os.Environ(), variable+"="+dir.Path())
	out, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "locked\n" {
		t.Fatalf("the owner said %q, %v", line, err)
	}
	if locked, err := dir.Locked("a.json"); err != nil || !locked {
		t.Errorf("locked: %v, %v", locked, err)
	}
	if err := owner.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait() // killed
	lock, err := dir.Lock("a.json")
	if err != nil {
		t.Fatalf("lock after the kill: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}
