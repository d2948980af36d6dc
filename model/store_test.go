package model_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

// snapshot decodes a snapshot from its id and "property=value" pairs, whose
// values are JSON or, if they are not, strings.
func snapshot(t testing.TB, id string, properties ...string) *model.Snapshot {
	t.Helper()
	object := map[string]json.RawMessage{"id": quoted(id), "name": quoted(id), "state": quoted("active")}
	for _, p := range properties {
		name, value, _ := strings.Cut(p, "=")
		if json.Valid([]byte(value)) {
			object[name] = json.RawMessage(value)
		} else {
			object[name] = quoted(value)
		}
	}
	raw, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, string(raw))
}

func quoted(s string) json.RawMessage { return json.RawMessage(strconv.Quote(s)) }

func ids(rows []*model.Snapshot) string {
	var all []string
	for _, row := range rows {
		all = append(all, row.ID)
	}
	return strings.Join(all, " ")
}

// told writes changes as "added a, state b, fields c[name], gone d".
func told(changes []model.Change) string {
	var all []string
	for _, c := range changes {
		kind := [...]string{model.Added: "added", model.Deleted: "gone", model.StateChanged: "state", model.FieldsChanged: "fields"}[c.Kind]
		text := kind + " " + c.Snapshot().ID
		if c.Fields != nil {
			text += "[" + strings.Join(c.Fields, " ") + "]"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func missing(s *model.Store) string {
	var all []string
	for _, row := range s.All() {
		if s.Missing(row.ID) {
			all = append(all, row.ID)
		}
	}
	return strings.Join(all, " ")
}

func TestStoreFollowsWhatIsSeen(t *testing.T) {
	var (
		a, b, c   = snapshot(t, "a"), snapshot(t, "b"), snapshot(t, "c")
		failed    = snapshot(t, "b", "state=error", "errorReason=npm")
		renamed   = snapshot(t, "b", "name=bee")
		removing  = snapshot(t, "b", "state=removing")
		sameAgain = snapshot(t, "a")
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
		"the first list adds all": {
			{apply(a, b), "a b", "added a, added b", ""},
		},
		"nothing changed": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(sameAgain, b), "a b", "", ""},
		},
		"a new order is no change": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(b, a), "a b", "", ""},
		},
		"the order of the newest list, when something changed": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(c, b, a), "c b a", "added c", ""},
		},
		"a row listed on two pages counts once, as it came first": {
			{apply(a, b, a, renamed), "a b", "added a, added b", ""},
		},
		"states and fields": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a, failed), "a b", "state b[errorReason state]", ""},
			{apply(a, renamed), "a b", "state b[errorReason name state]", ""},
			{apply(a, b), "a b", "fields b[name]", ""},
		},
		"missing once is kept, missing twice is gone": {
			{apply(a, b, c), "a b c", "added a, added b, added c", ""},
			{apply(a, c), "a c b", "", "b"},
			{apply(a, c), "a c", "gone b", ""},
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
		"what was removing is gone at once": {
			{apply(a, removing), "a b", "added a, added b", ""},
			{apply(a), "a", "gone b", ""},
		},
		"everything missing": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(), "a b", "", "a b"},
			{apply(), "", "gone a, gone b", ""},
		},
		"a GET that says 404, and an older poll that still lists it": {
			{apply(a, b), "a b", "added a, added b", ""},
			{without("b"), "a", "gone b", ""},
			{without("b"), "a", "", ""},
			{apply(a, b), "a", "", ""},
			{with(b), "a", "", ""},
			{apply(a, b, c), "a c", "added c", ""},
		},
		"gone is forgotten with the second list that agrees": {
			{apply(a, b), "a b", "added a, added b", ""},
			{without("b"), "a", "gone b", ""},
			{apply(a, b, c), "a c", "added c", ""}, // begun before the 404
			{apply(a, b), "a c", "", "c"},          // listed again: remembered on
			{apply(a), "a", "gone c", ""},
			{apply(a, b), "a b", "added b", ""},
		},
		"a 404 for what was not listed yet": {
			{apply(a), "a", "added a", ""},
			{without("b"), "a", "", ""},
			{apply(a, b), "a", "", ""},
		},
		"a GET that finds it, after a poll that did not": {
			{apply(a, b), "a b", "added a, added b", ""},
			{apply(a), "a b", "", "b"},
			{with(snapshot(t, "b")), "a b", "", ""},
			{apply(a), "a b", "", "b"},
			{with(failed), "a b", "state b[errorReason state]", ""},
			{apply(a), "a b", "", "b"},
			{without("b"), "a", "gone b", ""},
		},
		"one more, before a poll lists it": {
			{apply(a), "a", "added a", ""},
			{with(b), "a b", "added b", ""},
			{with(snapshot(t, "b")), "a b", "", ""},
			{apply(a, b), "a b", "", ""},
		},
		"while the first list loads": {
			{load(a), "a", "", ""},
			{load(a, b, a), "a b", "", ""},
			{without("a"), "b", "gone a", ""},
			{load(a, b, c), "b c", "", ""},
			{apply(a, b), "b", "gone c", ""},
			{load(a, b, c), "b", "", ""}, // the whole list was seen: too late
		},
	} {
		t.Run(name, func(t *testing.T) {
			store := model.NewStore()
			for i, step := range steps {
				next, changes := step.do(store)
				if got := ids(next.All()); got != step.rows {
					t.Errorf("step %d: rows %q, want %q", i, got, step.rows)
				}
				if got := told(changes); got != step.changes {
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

func TestStoreReturnsItselfWhenNothingChanged(t *testing.T) {
	a, b := snapshot(t, "a"), snapshot(t, "b")
	store, _ := model.NewStore().Apply([]*model.Snapshot{a, b})
	store, _ = store.Without("x")
	for name, next := range map[string]func() (*model.Store, []model.Change){
		"the same pointers": func() (*model.Store, []model.Change) { return store.Apply([]*model.Snapshot{a, b}) },
		"the same JSON": func() (*model.Store, []model.Change) {
			return store.Apply([]*model.Snapshot{snapshot(t, "b"), snapshot(t, "a")})
		},
		"one known already":   func() (*model.Store, []model.Change) { return store.With(snapshot(t, "a")) },
		"a tombstone listed":  func() (*model.Store, []model.Change) { return store.Apply([]*model.Snapshot{a, snapshot(t, "x"), b}) },
		"one that is gone":    func() (*model.Store, []model.Change) { return store.With(snapshot(t, "x")) },
		"gone once more":      func() (*model.Store, []model.Change) { return store.Without("x") },
		"a part of the list":  func() (*model.Store, []model.Change) { return store.Load([]*model.Snapshot{a}), nil },
		"an empty first list": func() (*model.Store, []model.Change) { return store.Load(nil), nil },
	} {
		if got, changes := next(); got != store || changes != nil {
			t.Errorf("%s: another store, changes %q", name, told(changes))
		}
	}
	// An empty list is news to a store that has seen none.
	if empty, _ := model.NewStore().Apply(nil); !empty.Complete() || empty.Len() != 0 {
		t.Error("an organization without snapshots is not seen as complete")
	}
}

func TestStoreKeepsPointersOfWhatDidNotChange(t *testing.T) {
	store, _ := model.NewStore().Apply([]*model.Snapshot{snapshot(t, "a"), snapshot(t, "b")})
	before, _ := store.Get("a")
	next, changes := store.Apply([]*model.Snapshot{snapshot(t, "a"), snapshot(t, "b", "state=inactive")})
	if after, ok := next.Get("a"); !ok || after != before {
		t.Error("a has another pointer, and did not change")
	}
	old, _ := store.Get("b")
	fresh, _ := next.Get("b")
	want := []model.Change{{Kind: model.StateChanged, Before: old, After: fresh, Fields: []string{"state"}}}
	if diff := cmp.Diff(want, changes); diff != "" || old == fresh {
		t.Errorf("(-want +got):\n%s", diff)
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
		t.Error("nothing is in transition")
	}
	for _, state := range []string{"pending", "pulling", "building", "snapshotting", "removing"} {
		if next, _ := store.With(snapshot(t, "g", "state="+state)); !next.InTransition() {
			t.Errorf("%s is not seen as in transition", state)
		}
	}
}

func TestStoreOrganizationID(t *testing.T) {
	general := snapshot(t, "g", "general=true", "organizationId=vendor")
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

func TestTwinsShareARef(t *testing.T) {
	store, _ := model.NewStore().Apply([]*model.Snapshot{
		snapshot(t, "a", "ref=r"), snapshot(t, "b", "ref=r"), snapshot(t, "c", "ref=r", "state=error"),
		snapshot(t, "d", "ref=other"), snapshot(t, "e", "ref=null"), snapshot(t, "f", "ref=null"), snapshot(t, "g", `ref=""`), snapshot(t, "h", `ref=""`),
	})
	for id, want := range map[string]string{"a": "b c", "b": "a c", "c": "a b", "d": "", "e": "", "g": ""} {
		s, _ := store.Get(id)
		if got := ids(store.SameRef(s)); got != want {
			t.Errorf("twins of %s: %q, want %q", id, got, want)
		}
		if got := store.HasSameRef(s); got != (want != "") {
			t.Errorf("HasTwins(%s) = %t", id, got)
		}
	}
	store, _ = store.Without("b")
	store, _ = store.With(snapshot(t, "c", "ref=other"))
	for id, want := range map[string]string{"a": "", "c": "d", "d": "c"} {
		s, _ := store.Get(id)
		if got := ids(store.SameRef(s)); got != want {
			t.Errorf("then twins of %s: %q, want %q", id, got, want)
		}
	}
}

func TestOnlyUseIsNoNews(t *testing.T) {
	base := []string{"lastUsedAt=2026-11-24T12:00:00Z", "updatedAt=2026-11-24T12:00:00Z"}
	for name, test := range map[string]struct {
		properties []string
		want       bool
	}{
		"used":              {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T13:00:00Z"}, true},
		"used and renamed":  {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T13:00:00Z", "name=n"}, false},
		"used and asleep":   {[]string{"lastUsedAt=2026-11-24T13:00:00Z", "updatedAt=2026-11-24T12:00:00Z", "state=inactive"}, false},
		"never used now":    {[]string{"lastUsedAt=null", "updatedAt=2026-11-24T12:00:00Z"}, true},
		"one property less": {base[:1], true},
	} {
		store, _ := model.NewStore().Apply([]*model.Snapshot{snapshot(t, "a", base...)})
		_, changes := store.With(snapshot(t, "a", test.properties...))
		if len(changes) != 1 || changes[0].UsageOnly() != test.want {
			t.Errorf("%s: %s, want OnlyUse %t", name, told(changes), test.want)
		}
	}
	added := model.Change{Kind: model.Added, After: snapshot(t, "a")}
	gone := model.Change{Kind: model.Deleted, Before: snapshot(t, "a")}
	if added.UsageOnly() || gone.UsageOnly() {
		t.Error("a new or gone snapshot is news")
	}
}
