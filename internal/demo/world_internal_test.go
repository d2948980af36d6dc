package demo

import (
	"slices"
	"testing"
	"time"
)

// testWorld is a world whose clock stands at a time between two ticks.
func testWorld(o Options) *world {
	at := time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)
	o.Now = func() time.Time { return at }
	return seedWorld(o.withDefaults())
}

// A kept order is patched when rows change. It must be what a fresh sort would give.
func TestPatchedOrdersAreSorted(t *testing.T) {
	for _, size := range []int{8, 120, 2000} {
		w := testWorld(Options{Seed: 5, Size: size})
		for range 300 {
			w.advance(w.now + 23*second)
			for _, field := range []string{"name", "state", "lastUsedAt", "createdAt"} {
				for _, descending := range []bool{false, true} {
					by := listOrder{field: field, descending: descending}
					if got, want := w.lists.get(by), w.lists.sort(by); !slices.Equal(got, want) {
						t.Fatalf("size %d, %+v: %d rows are not in the order of %d", size, by, len(got), len(want))
					}
				}
			}
		}
	}
}

// One jump of the clock is the same as many steps.
func TestJumpsAndStepsAgree(t *testing.T) {
	jumped, stepped := testWorld(Options{}), testWorld(Options{})
	for range 6 * 60 * 5 {
		stepped.advance(stepped.now + 10*second)
	}
	jumped.advance(jumped.now + 5*hour)
	all := listOrder{field: "name"}
	a, b := jumped.lists.sort(all), stepped.lists.sort(all)
	if len(a) != len(b) {
		t.Fatalf("%d and %d rows", len(a), len(b))
	}
	for i := range a {
		got, want := appendSnapshot(nil, a[i], false), appendSnapshot(nil, b[i], false)
		if string(got) != string(want) {
			t.Fatalf("jumped\n%s\nstepped\n%s", got, want)
		}
	}
}

// Life goes on for days, the counts stay right and the number of snapshots stays about the same.
func TestLifeGoesOn(t *testing.T) {
	for _, size := range []int{3, 60, 120, 1000} {
		w := testWorld(Options{Seed: int64(size), Size: size})
		seen := map[state]bool{}
		for range 24 * 60 {
			w.advance(w.now + 2*minute)
			for _, s := range w.rows {
				seen[s.state] = true
			}
			w.check(t)
			n := len(w.lists.sort(listOrder{field: "name"}))
			if n < size-15 || n > size+15 {
				t.Fatalf("size %d: %d snapshots after %v", size, n, time.Duration(w.now-w.start)*time.Millisecond)
			}
		}
		for s, name := range stateNames {
			if size >= 60 && !seen[state(s)] {
				t.Errorf("size %d: nothing was ever %s", size, name)
			}
		}
	}
}

// check finds what must never be.
func (w *world) check(t *testing.T) {
	t.Helper()
	var counts [len(stateNames)]int
	for i, s := range w.rows {
		if errs := w.wrong(i, s); errs != "" {
			t.Fatalf("%s %s: %s; created %v, used %v, updated %v, now %v", s.name, s.state, errs, s.created, s.used, s.updated, w.now)
		}
		if !s.unlisted {
			counts[s.state]++
		}
	}
	if counts != w.inState {
		t.Fatalf("counted %v, kept %v", counts, w.inState)
	}
	if len(w.byID) != len(w.rows) {
		t.Fatalf("%d by id, %d rows", len(w.byID), len(w.rows))
	}
}

// A clock that jumps by days must not take long.
func TestLongJump(t *testing.T) {
	w := testWorld(Options{Size: 5000})
	w.advance(w.now + 10*day)
	w.check(t)
	if w.now != w.start+10*day {
		t.Error("the world is not at the present")
	}
}

// wrong tells what cannot be of the row at an index.
func (w *world) wrong(i int, s *snapshot) string {
	switch {
	case s.index != i || s.deleted || w.byID[s.id] != s:
		return "lost"
	case s.org == OrganizationID && w.ownByName[s.name] != s:
		return "not found by name"
	case s.ref != "" && !slices.Contains(w.byRef[s.ref], s):
		return "not found by ref"
	case s.updated < s.created || s.updated > w.now || s.used > w.now:
		return "out of time"
	case s.state == active && s.ref == "" && s.class != "windows":
		return "active without a ref"
	}
	return ""
}
