package deleted

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/uitest"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func snapshot(t *testing.T, id, more string) *model.Snapshot {
	t.Helper()
	s, err := model.Decode(fmt.Appendf(nil, `{"id":%q,"name":"name-%s","state":"active","cpu":2,"mem":4,"regionIds":["us"]%s}`, id, id, more))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func gone(s *model.Snapshot) []model.Change { return []model.Change{{Kind: model.Deleted, Before: s}} }

// names returns the ids of the list.
func names(r *Recipes, store *model.Store) string {
	var all []string
	for _, d := range r.deleted(store) {
		how := ""
		if d.Elsewhere {
			how = "*"
		}
		all = append(all, d.Snapshot.ID+how)
	}
	return strings.Join(all, " ")
}

func TestObserve(t *testing.T) {
	t.Parallel()
	var r Recipes
	a, b, c := snapshot(t, "a", ""), snapshot(t, "b", ""), snapshot(t, "c", "")
	general := snapshot(t, "g", `,"general":true`)
	pending := map[string]*row.Pending{"b": {Action: "delete"}, "c": {Action: "rebuild", Workflow: true}}
	for i, s := range []*model.Snapshot{a, b, c, general} {
		r.Observe(now().Add(time.Duration(i)*time.Second), gone(s), pending)
	}
	r.Observe(now(), []model.Change{{Kind: model.Added, After: a}}, nil)
	if got := names(&r, model.NewStore()); got != "b a*" {
		t.Errorf("kept %q", got)
	}
	// The saved one is preferred, and one that exists is not deleted.
	r.SetSaved([]model.DeletedSnapshot{{Entry: "1", Snapshot: a, At: now().Add(time.Minute)}, {Entry: "2", Snapshot: c, At: now()}}, nil, now())
	store, _ := model.NewStore().Apply([]*model.Snapshot{c})
	if got := names(&r, store); got != "a b" {
		t.Errorf("with saved ones: %q", got)
	}
	if d, ok := r.Find("a"); !ok || d.Entry != "1" {
		t.Errorf("found %+v", d)
	}
	r.Remove("a")
	if _, ok := r.Find("a"); ok || names(&r, store) != "b" {
		t.Errorf("restored, and still listed: %q", names(&r, store))
	}
}

// TestMemoryIsBounded drops the oldest.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	var r Recipes
	for i := range maxSeen + 5 {
		r.Observe(now(), gone(snapshot(t, fmt.Sprint(i), "")), nil)
	}
	if _, ok := r.Find("4"); ok || len(r.seen) != maxSeen {
		t.Errorf("%d are kept", len(r.seen))
	}
	large := fmt.Sprintf(`,"buildInfo":{"dockerfileContent":%q}`, strings.Repeat("x", maxSeenBytes/3))
	for i := range 4 {
		r.Observe(now(), gone(snapshot(t, fmt.Sprintf("large-%d", i), large)), nil)
	}
	bytes := 0
	for _, d := range r.seen {
		bytes += len(d.Snapshot.Raw.String())
	}
	if len(r.seen) != 2 || bytes != r.bytes || bytes > maxSeenBytes {
		t.Errorf("%d are kept, %d bytes, counted %d", len(r.seen), bytes, r.bytes)
	}
	r.Remove("large-3")
	if r.bytes != len(r.seen[0].Snapshot.Raw.String()) {
		t.Errorf("%d bytes are counted", r.bytes)
	}
}

func drawn(l interface {
	uitest.Lister
	Update()
},
) string {
	l.Update()
	return uitest.List(l, 120, 20)
}

func TestList(t *testing.T) {
	t.Parallel()
	view := uitest.View(now())
	var r Recipes
	l := NewList(&r, view)
	if got := drawn(l); !strings.Contains(got, "no deleted snapshots") {
		t.Errorf("empty:\n%s", got)
	}
	built := snapshot(t, "built", `,"disk":8,"buildInfo":{"dockerfileContent":"FROM a\nRUN b\n"}`)
	r.SetSaved([]model.DeletedSnapshot{{Entry: "1", Snapshot: built, At: now().Add(-time.Hour)}}, nil, now())
	r.Observe(now(), gone(snapshot(t, "sandbox", "")), nil)
	view.RefuseRestore = func(s *model.Snapshot) string {
		if s.ID == "sandbox" {
			return "it was taken from a sandbox"
		}
		return ""
	}
	got := drawn(l)
	for _, want := range []string{
		"name-built", "1h ago  here         2   4    8 ", "Dockerfile, 2 lines", "name-sandbox", "elsewhere    2   4    – ", "! none: taken from a sandbox",
		"! cannot be restored: it was taken from a sandbox",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	l.Move(1)
	if got := drawn(l); !strings.Contains(got, "recipe kept until 2026-09-29") {
		t.Errorf("the saved one:\n%s", got)
	}
	d, reason := r.UnderCursor(l, view.Data.Store)
	if d.Snapshot != built || reason != "" {
		t.Errorf("under the cursor: %+v, %s", d, reason)
	}
	screen := NewRecipe(d, view)
	if got := drawn(screen); !strings.Contains(got, "RECIPE") || !strings.Contains(got, "RUN b") {
		t.Errorf("the recipe:\n%s", got)
	}
	if d, reason := r.UnderCursor(screen, view.Data.Store); d.Snapshot != built || reason != "" {
		t.Errorf("of the recipe: %+v, %s", d, reason)
	}
	log := activity.New(now(), nil)
	log.AddChanges(now(), gone(built))
	events := activity.NewList(&log)
	if d, reason := r.UnderCursor(events, view.Data.Store); d.Snapshot != built || reason != "" {
		t.Errorf("of the activity: %+v, %s", d, reason)
	}
	exists, _ := model.NewStore().Apply([]*model.Snapshot{built})
	if _, reason := r.UnderCursor(events, exists); reason == "" {
		t.Error("one that exists can be restored")
	}
	if _, reason := new(Recipes).UnderCursor(NewList(new(Recipes), view), view.Data.Store); reason != "no deleted snapshots" {
		t.Errorf("of none: %q", reason)
	}
}

// TestRestoredElsewhere forgets what lost its saved recipe, and hides what exists again.
func TestRestoredElsewhere(t *testing.T) {
	t.Parallel()
	a, b := snapshot(t, "a", `,"buildInfo":{"dockerfileContent":"FROM a\n"}`), snapshot(t, "b", "")
	of := func(all ...*model.Snapshot) (saved []model.DeletedSnapshot) {
		for _, s := range all {
			saved = append(saved, model.DeletedSnapshot{Entry: s.ID, Snapshot: s, At: now()})
		}
		return saved
	}
	var r Recipes
	r.Observe(now(), append(gone(a), gone(b)...), map[string]*row.Pending{"a": {}, "b": {}})
	r.SetSaved(of(a, b), nil, now())
	none := model.NewStore()
	r.SetSaved(of(b), errors.New("not all can be read"), now())
	if got := names(&r, none); got != "a b" && got != "b a" {
		t.Errorf("after an error: %q", got)
	}
	r.SetSaved(of(a, b), nil, now())
	screen := NewRecipe(of(a)[0], new(row.ViewState))
	r.SetSaved(of(b), nil, now())
	if got := names(&r, none); got != "b" {
		t.Errorf("after a restore of a: %q", got)
	}
	if _, reason := r.UnderCursor(screen, none); reason != "it was restored, or its recipe removed" {
		t.Errorf("the open recipe: %q", reason)
	}

	r = Recipes{}
	r.SetSaved(of(a, b), nil, now())
	r.SetSaved(nil, errors.New("none can be read"), now())
	if got := names(&r, none); got != "a b" {
		t.Errorf("of an earlier run, after an error: %q", got)
	}

	r = Recipes{}
	r.Observe(now(), gone(a), nil) // in memory only
	for name, tc := range map[string]struct {
		more string
		want string
	}{
		"created again": {`,"name":"name-a","buildInfo":{"dockerfileContent":"FROM a\n"}`, ""},
		"other file":    {`,"name":"name-a","buildInfo":{"dockerfileContent":"FROM b\n"}`, "a*"},
		"other memory":  {`,"name":"name-a","mem":8,"buildInfo":{"dockerfileContent":"FROM a\n"}`, "a*"},
		"other name":    {`,"buildInfo":{"dockerfileContent":"FROM a\n"}`, "a*"},
		"general":       {`,"name":"name-a","general":true,"buildInfo":{"dockerfileContent":"FROM a\n"}`, "a*"},
	} {
		store, _ := model.NewStore().Apply([]*model.Snapshot{snapshot(t, "new", tc.more)})
		if got := names(&r, store); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// TestReadDue reads again while a list is open.
func TestReadDue(t *testing.T) {
	t.Parallel()
	var r Recipes
	view := uitest.View(now())
	list := NewList(&r, view)
	r.SetSaved(nil, nil, now())
	log := activity.New(now(), nil)
	for i, tc := range []struct {
		list  any
		after time.Duration
		want  bool
	}{
		{list, 9 * time.Second, false},
		{nil, 20 * time.Second, false},
		{list, 20 * time.Second, true},
		{list, 21 * time.Second, false}, // it is being read
		{activity.NewList(&log), 30 * time.Second, true},
	} {
		if got := r.ReadDue(tc.list, now().Add(tc.after)); got != tc.want {
			t.Errorf("case %d: %v", i, got)
		}
	}
}
