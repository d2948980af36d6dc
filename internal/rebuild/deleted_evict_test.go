package rebuild_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// saveMany saves the recipes of n snapshots, one every step, and returns all evicted ones.
func saveMany(w *world, n int, step time.Duration) (evicted []rebuild.Evicted) {
	w.t.Helper()
	for i := range n {
		r := debian()
		r.id, r.org, r.name = fmt.Sprintf("id-%04d", i), organization, fmt.Sprintf("name-%04d", i)
		saved, err := w.workflow().SaveRecipe(r.snapshot())
		if err != nil {
			w.t.Fatal(err)
		}
		evicted = append(evicted, saved.Evicted...)
		_ = w.clock.Sleep(w.t.Context(), step)
	}
	return evicted
}

// TestRecipesAreKept90Days and evicts older ones, oldest first, with their names.
func TestRecipesAreKept90Days(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	w := newWorld(t, row{})
	if evicted := saveMany(w, 90, day); len(evicted) > 0 {
		t.Errorf("evicted %v", evicted)
	}
	evicted := w.journal().EvictDeleted(w.clock.Now().Add(2*day + time.Hour))
	if len(evicted) != 3 || evicted[0].Name != "name-0000" || evicted[2].Name != "name-0002" || len(w.deleted()) != 87 {
		t.Errorf("evicted %v", evicted)
	}
	if got, want := evicted[0].String(), "removed the recipe of name-0000, deleted 2026-11-24: older than 90 days"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// files returns the names of the saved recipes.
func (w *world) files() []string {
	w.t.Helper()
	all, err := filepath.Glob(filepath.Join(w.dir, "*Z.deleted"))
	if err != nil {
		w.t.Fatal(err)
	}
	return all
}

// fill writes n files with a size, one every second, as if they were recipes.
func (w *world) fill(n int, size int64) {
	w.t.Helper()
	w.journal() // creates the directory
	for i := range n {
		name := fmt.Sprintf("%012x-%s.deleted", i, w.clock.Now().UTC().Format("20060102T150405.000Z"))
		path := filepath.Join(w.dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			w.t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil { // takes no space
			w.t.Fatal(err)
		}
		_ = w.clock.Sleep(w.t.Context(), time.Second)
	}
}

// TestYoungRecipesAreNotCounted keeps any number of recipes younger than 30 days, and 1,000
// older ones.
func TestYoungRecipesAreNotCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, row{})
	w.fill(1005, 100)
	if evicted := w.journal().EvictDeleted(w.clock.Now()); len(evicted) > 0 {
		t.Errorf("evicted %v", evicted)
	}
	evicted := w.journal().EvictDeleted(w.clock.Now().Add(31 * 24 * time.Hour))
	if len(evicted) != 5 || !strings.HasPrefix(evicted[4].Name, "000000000004-") || evicted[0].Reason != "over 1,000 recipes" || len(w.files()) != 1000 {
		t.Errorf("evicted %v, %d left", evicted, len(w.files()))
	}
}

// TestRecipesTakeAtMost256MiB evicts the oldest whatever their age, but not the one that was
// just written, one that is in use, nor a file of another name.
func TestRecipesTakeAtMost256MiB(t *testing.T) {
	t.Parallel()
	w := newWorld(t, row{})
	w.fill(33, 8<<20)
	kept := filepath.Join(w.dir, "mine.deleted")
	if err := os.WriteFile(kept, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	release := lockFile(t, w, filepath.Base(w.files()[0]))
	r := debian()
	r.id, r.org = "new", organization
	saved, err := w.workflow().SaveRecipe(r.snapshot())
	if err != nil || len(saved.Evicted) != 2 || !strings.HasPrefix(saved.Evicted[0].Name, "000000000001-") || saved.Evicted[0].Reason != "over 256 MiB of recipes" || len(w.files()) != 32 {
		t.Errorf("%+v, %v, %d left", saved.Evicted, err, len(w.files()))
	}
	release()
	if evicted := w.journal().EvictDeleted(w.clock.Now()); len(evicted) > 0 {
		t.Errorf("within the limit: %v", evicted)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Error(err)
	}
}

// TestClockBack keeps the recipe that was just written when the clock was set back.
func TestClockBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	saved, err := w.workflow(func(o *rebuild.Options) {
		o.Now = func() time.Time { return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC) }
	}).SaveRecipe(w.old)
	if err != nil || len(saved.Evicted) > 0 || len(w.deleted()) != 1 {
		t.Errorf("%+v, %v", saved, err)
	}
	if evicted := w.journal().EvictDeleted(time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC)); len(evicted) > 0 {
		t.Errorf("from the future: %v", evicted)
	}
	if p := rebuild.Preflight(w.restoreRequest(w.deleted()[0])); p.Refused() || p.Mode != model.Restore {
		t.Errorf("%v", p.Refusals)
	}
}

// lockFile locks a file as another dashboard does.
func lockFile(t *testing.T, w *world, name string) func() {
	t.Helper()
	dir, err := durable.OpenOn(w.disk, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	lock, err := dir.Lock(name)
	if err != nil {
		t.Fatal(err)
	}
	return func() { _ = lock.Release() }
}
