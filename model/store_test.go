package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestStore(t *testing.T) {
	var (
		a, b, c   = snapshot(t, "a"), snapshot(t, "b"), snapshot(t, "c")
		failed    = snapshot(t, "b", "state=error", "errorReason=npm")
		renamed   = snapshot(t, "b", "name=bee")
		removing  = snapshot(t, "b", "state=removing")
		sameAgain = snapshot(t, "a")
		placed    = snapshot(t, "a", `regionIds=["us","eu"]`)
		shuffled  = snapshot(t, "a", `regionIds=["eu", "us"]`)
		fewer     = snapshot(t, "a", `regionIds=["eu"]`)
		built     = snapshot(t, "a", `entrypoint=["sh","-c"]`, `buildInfo={"dockerfileContent":"# \u2026","contextHashes":null}`)
		rewritten = snapshot(t, "a", `entrypoint=[ "sh", "-c" ]`, `buildInfo={"contextHashes": null, "dockerfileContent": "# …"}`)
		stopped   = snapshot(t, "a", `regionIds=["eu","us"]`, "state=inactive")
	)
	type step struct {
		do      func(*model.Store) (*model.Store, []model.Change)
		rows    string
		changes string
		missing string
	}
	apply := func(set ...*model.Snapshot) func(*model.Store) (*model.Store, []model.Change) {
		return func(s *model.Store) (*model.Store, []model.Change) { return s.Apply(set) }
	}
	load := func(set ...*model.Snapshot) func(*model.Store) (*model.Store, []model.Change) {
		return func(s *model.Store) (*model.Store, []model.Change) { return s.Load(set), nil }
	}
	with := func(x *model.Snapshot) func(*model.Store) (*model.Store, []model.Change) {
		return func(s *model.Store) (*model.Store, []model.Change) { return s.With(x) }
	}
	without := func(id string) func(*model.Store) (*model.Store, []model.Change) {
		return func(s *model.Store) (*model.Store, []model.Change) { return s.Without(id) }
	}
	for name, steps := range map[string][]step{
		"first list": {
			{apply(a, b), "a b", "added a, added b", ""},
		},
		"nothing changed": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(sameAgain, b), "a b", "", ""},
		},
		"another order": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(b, a), "a b", "", ""},
		},
		"another order of the regions": {
			{apply(placed), "a", "added a", ""},
			{apply(shuffled), "a", "", ""},
			{with(shuffled), "a", "", ""},
			{apply(stopped), "a", "state a[state]", ""},
			{apply(fewer), "a", "state a[regionIds state]", ""},
			{with(placed), "a", "fields a[regionIds]", ""},
		},
		"the same written otherwise": {
			{apply(built), "a", "added a", ""},
			{apply(rewritten), "a", "", ""},
		},
		"the order of the list, if something changed": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(c, b, a), "c b a", "added c", ""},
		},
		"listed on two pages: the first one counts": {
			{apply(a, b, a, renamed), "a b", "added a, added b", ""},
		},
		"states and fields": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a, failed), "a b", "state b[errorReason state]", ""},
			{apply(a, renamed), "a b", "state b[errorReason name state]", ""},
			{apply(a, b), "a b", "fields b[name]", ""},
		},
		"missing once, missing twice": {
			{apply(a, b, c), "a b c", "added a, added b, added c", ""},
			{apply(a, c), "a c b", "", "b"},
			{apply(a, c), "a c", "deleted b", ""},
		},
		"missing once and back": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a), "a b", "", "b"},
			{apply(a, b), "a b", "", ""},
			{apply(a), "a b", "", "b"},
		},
		"missing and back with a change": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a), "a b", "", "b"},
			{apply(a, failed), "a b", "state b[errorReason state]", ""},
		},
		"missing while being removed": {
			{apply(a, removing), "a b", "added a, added b", ""},
			{apply(a), "a", "deleted b", ""},
		},
		"everything missing": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(), "a b", "", "a b"},
			{apply(), "", "deleted a, deleted b", ""},
		},
		"404, and an older poll that still lists it": {
			{apply(a, b), "a b", "added a, added b", ""},
			{without("b"), "a", "deleted b", ""},
			{without("b"), "a", "", ""},
			{apply(a, b), "a", "", ""},
			{with(b), "a", "", ""},
			{apply(a, b, c), "a b c", "added b, added c", ""}, // requested after the 404
			{with(failed), "a b c", "state b[errorReason state]", ""},
		},
		"a deleted id is dropped after the second list": {
			{apply(a, b), "a b", "added a, added b", ""},
			{without("b"), "a", "deleted b", ""},
			{apply(a), "a", "", ""}, // requested before the 404
			{apply(a), "a", "", ""},
			{with(b), "a b", "added b", ""},
		},
		"404 before it was listed": {
			{apply(a), "a", "added a", ""},
			{without("b"), "a", "", ""},
			{apply(a, b), "a", "", ""},
		},
		"GET after a poll that missed it": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a), "a b", "", "b"},
			{with(snapshot(t, "b")), "a b", "", ""},
			{apply(a), "a b", "", "b"},
			{with(failed), "a b", "state b[errorReason state]", ""},
			{apply(a), "a b", "", "b"},
			{without("b"), "a", "deleted b", ""},
		},
		"GET before it was listed": {
			{apply(a), "a", "added a", ""},
			{with(b), "a b", "added b", ""},
			{with(snapshot(t, "b")), "a b", "", ""},
			{apply(a, b), "a b", "", ""},
		},
		"parts of the first list": {
			{load(a), "a", "", ""},
			{load(a, b, a), "a b", "", ""},
			{without("a"), "b", "deleted a", ""},
			{load(a, b, c), "b c", "", ""},
			{apply(a, b), "b", "deleted c", ""},
			{load(a, b, c), "b", "", ""}, // ignored after a complete list
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := model.NewStore()
			for i, step := range steps {
				next, changes := step.do(store)
				if got := ids(next.All()); got != step.rows {
					t.Errorf("step %d: rows %q, want %q", i, got, step.rows)
				}
				if got := describe(changes); got != step.changes {
					t.Errorf("step %d: changes %q, want %q", i, got, step.changes)
				}
				if got := missing(next); got != step.missing {
					t.Errorf("step %d: missing %q, want %q", i, got, step.missing)
				}
				store = next
			}
		})
	}
}

func TestStoreReturnsItselfIfNothingChanged(t *testing.T) {
	a, b := snapshot(t, "a"), snapshot(t, "b")
	store, _ := model.NewStore().Apply([]*model.Snapshot{a, b})
	gone, _ := store.Without("x")
	for name, next := range map[string]func() (*model.Store, []model.Change){
		"same pointers": func() (*model.Store, []model.Change) { return store.Apply([]*model.Snapshot{a, b}) },
		"same JSON": func() (*model.Store, []model.Change) {
			return store.Apply([]*model.Snapshot{snapshot(t, "b"), snapshot(t, "a")})
		},
		"known snapshot":   func() (*model.Store, []model.Change) { return store.With(snapshot(t, "a")) },
		"deleted snapshot": func() (*model.Store, []model.Change) { return gone.With(snapshot(t, "x")) },
		"deleted again":    func() (*model.Store, []model.Change) { return gone.Without("x") },
		"part of a list":   func() (*model.Store, []model.Change) { return store.Load([]*model.Snapshot{a}), nil },
		"empty part":       func() (*model.Store, []model.Change) { return store.Load(nil), nil },
	} {
		if got, changes := next(); got != store && got != gone || changes != nil {
			t.Errorf("%s: returned another store with changes %q", name, describe(changes))
		}
	}
	// The first list changes a store, even if it is empty.
	if empty, _ := model.NewStore().Apply(nil); !empty.Complete() || empty.Len() != 0 {
		t.Error("Complete() after an empty list = false")
	}
}

func TestStoreCounts(t *testing.T) {
	store, _ := model.NewStore().Apply([]*model.Snapshot{
		snapshot(t, "a"), snapshot(t, "b"), snapshot(t, "c", "state=error"),
		snapshot(t, "d", "state=zombie"), snapshot(t, "e", "state=hibernating"), snapshot(t, "f", "state=7"),
	})
	for state, want := range map[model.State]int{"active": 2, "error": 1, "zombie": 1, "": 1, "building": 0} {
		if got := store.Count(state); got != want {
			t.Errorf("Count(%q) = %d, want %d", state, got, want)
		}
	}
	if diff := cmp.Diff([]model.State{"", "hibernating", "zombie"}, store.UnknownStates()); diff != "" {
		t.Errorf("UnknownStates (-want +got):\n%s", diff)
	}
	if store.InTransition() {
		t.Error("InTransition() = true")
	}
	for _, state := range []string{"pending", "pulling", "building", "snapshotting", "removing"} {
		if next, _ := store.With(snapshot(t, "g", "state="+state)); !next.InTransition() {
			t.Errorf("InTransition() with %s = false", state)
		}
	}
}

func TestStoreOrganizationID(t *testing.T) {
	general := snapshot(t, "g", "general=true", "organizationId=daytona")
	for want, set := range map[string][]*model.Snapshot{
		"":     {general, snapshot(t, "a"), snapshot(t, "b", "organizationId=null")},
		"acme": {general, snapshot(t, "a"), snapshot(t, "b", "organizationId=acme")},
	} {
		store, _ := model.NewStore().Apply(set)
		if got := store.OrganizationID(); got != want {
			t.Errorf("OrganizationID() = %q, want %q", got, want)
		}
	}
}

func TestSameRef(t *testing.T) {
	store, _ := model.NewStore().Apply([]*model.Snapshot{
		snapshot(t, "a", "ref=r"), snapshot(t, "b", "ref=r"), snapshot(t, "c", "ref=r", "state=error"),
		snapshot(t, "d", "ref=other"), snapshot(t, "e", "ref=null"), snapshot(t, "f", "ref=null"), snapshot(t, "g", `ref=""`), snapshot(t, "h", `ref=""`),
	})
	for id, want := range map[string]string{"a": "b c", "b": "a c", "c": "a b", "d": "", "e": "", "g": ""} {
		s, _ := store.Get(id)
		if got := ids(store.SameRef(s)); got != want {
			t.Errorf("SameRef(%s) = %q, want %q", id, got, want)
		}
		if got := store.HasSameRef(s); got != (want != "") {
			t.Errorf("HasSameRef(%s) = %t", id, got)
		}
	}
	store, _ = store.Without("b")
	store, _ = store.With(snapshot(t, "c", "ref=other"))
	for id, want := range map[string]string{"a": "", "c": "d", "d": "c"} {
		s, _ := store.Get(id)
		if got := ids(store.SameRef(s)); got != want {
			t.Errorf("after the changes SameRef(%s) = %q, want %q", id, got, want)
		}
	}
}

func TestNamedPrefersTheOwnSnapshot(t *testing.T) {
	general, own, other := snapshot(t, "a", "name=node", "general=true"), snapshot(t, "b", "name=node"), snapshot(t, "c")
	for _, tc := range []struct {
		set  []*model.Snapshot
		want string
	}{
		{[]*model.Snapshot{other, general, own}, "b"},
		{[]*model.Snapshot{own, general}, "b"},
		{[]*model.Snapshot{general, other}, "a"},
		{[]*model.Snapshot{other}, ""},
	} {
		got := ""
		if s, ok := model.NewStore().Load(tc.set).Named("node"); ok {
			got = s.ID
		}
		if got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
