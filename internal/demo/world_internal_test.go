package demo

import (
	"slices"
	"testing"
	"time"
)

// newTestWorld returns a world with a fixed clock between two ticks.
func newTestWorld(o Options) *world {
	at := time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)
	o.Now = func() time.Time { return at }
	return seedWorld(o.withDefaults())
}

// A cached list is patched when rows change. It must equal a newly sorted list: all
// listed rows in strict order, which has no ties.
func TestPatchedListsAreSorted(t *testing.T) {
	t.Parallel()
	for _, size := range []int{8, 120, 2000} {
		w := newTestWorld(Options{Seed: 5, Size: size})
		for range 300 {
			w.advance(w.now + 23*second)
			listed := w.countListed()
			for _, field := range []string{"name", "state", "lastUsedAt", "createdAt"} {
				for _, descending := range []bool{false, true} {
					by := listOrder{field: field, descending: descending}
					rows := w.lists.get(by)
					if reason := by.listError(rows); reason != "" || len(rows) != listed {
						t.Fatalf("size %d, %+v: %d rows, want %d: %s", size, by, len(rows), listed, reason)
					}
				}
			}
		}
	}
}

func (w *world) countListed() int {
	n := 0
	for _, s := range w.rows {
		if !s.unlisted {
			n++
		}
	}
	return n
}

// listError returns what is wrong with a sorted list: rows in the wrong order or twice,
// or rows that it must not contain.
func (by listOrder) listError(rows []*snapshot) string {
	for i, s := range rows {
		if s.deleted || s.unlisted {
			return s.name + " is deleted or unlisted"
		}
		if i > 0 && by.compare(rows[i-1], s) >= 0 {
			return rows[i-1].name + " must not come before " + s.name
		}
	}
	return ""
}

// One jump of the clock has the same result as many steps.
func TestJumpEqualsSteps(t *testing.T) {
	t.Parallel()
	jumped, stepped := newTestWorld(Options{}), newTestWorld(Options{})
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

// After days of random events, the counts are right and the number of snapshots is
// about the same.
func TestRandomEvents(t *testing.T) {
	t.Parallel()
	for _, size := range []int{3, 60, 120, 1000} {
		w := newTestWorld(Options{Seed: int64(size), Size: size})
		seen := map[state]bool{}
		for range 24 * 60 {
			w.advance(w.now + 2*minute)
			for _, s := range w.rows {
				seen[s.state] = true
			}
			w.requireConsistent(t)
			n := w.countListed()
			if n < size-15 || n > size+15 {
				t.Fatalf("size %d: %d snapshots after %v", size, n, time.Duration(w.now-w.start)*time.Millisecond)
			}
		}
		for s, name := range stateNames {
			if size >= 60 && !seen[state(s)] {
				t.Errorf("size %d: no snapshot was %s", size, name)
			}
		}
	}
}

// requireConsistent fails the test if rows, indexes and counts do not match.
func (w *world) requireConsistent(t *testing.T) {
	t.Helper()
	var counts [len(stateNames)]int
	for i, s := range w.rows {
		if reason := w.rowError(i, s); reason != "" {
			t.Fatalf("%s %s: %s; created %v, used %v, updated %v, now %v", s.name, s.state, reason, s.created, s.used, s.updated, w.now)
		}
		if !s.unlisted {
			counts[s.state]++
		}
	}
	if counts != w.inState {
		t.Fatalf("counted %v, stored %v", counts, w.inState)
	}
	if len(w.byID) != len(w.rows) {
		t.Fatalf("%d by id, %d rows", len(w.byID), len(w.rows))
	}
}

// A clock that jumps by days is fast.
func TestLongJump(t *testing.T) {
	t.Parallel()
	w := newTestWorld(Options{Size: 5000})
	w.advance(w.now + 10*day)
	w.requireConsistent(t)
	if w.now != w.start+10*day {
		t.Error("the world has not reached the time of the jump")
	}
}

// rowError returns what is inconsistent about the row at an index.
func (w *world) rowError(i int, s *snapshot) string {
	switch {
	case s.index != i || s.deleted || w.byID[s.id] != s:
		return "not in the indexes"
	case s.org == OrganizationID && w.ownByName[s.name] != s:
		return "not found by name"
	case s.ref != "" && !slices.Contains(w.byRef[s.ref], s):
		return "not found by ref"
	case s.updated < s.created || s.updated > w.now || s.used > w.now:
		return "invalid times"
	case s.state == active && s.ref == "" && s.class != "windows":
		return "active without a ref"
	}
	return ""
}

func TestAuditIsBounded(t *testing.T) {
	t.Parallel()
	w := seedWorld(Options{Size: 1}.withDefaults())
	for range 2 * maxAudit {
		w.record(auditEntry{action: "delete"})
		if len(w.audit) > maxAudit {
			t.Fatalf("%d entries", len(w.audit))
		}
	}
	if len(w.audit) < maxSeededAudit {
		t.Errorf("%d entries are left", len(w.audit))
	}
}
