package row

import (
	"slices"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
)

// viewOf is what is known where the list has these snapshots.
func viewOf(snapshots ...*model.Snapshot) *ViewState {
	v := NewViewState(start)
	store, _ := v.Data.Store.Apply(snapshots)
	v.Data = v.Data.With(store)
	return &v
}

func TestProgress(t *testing.T) {
	t.Parallel()
	deletion := Pending{Action: "delete", Shows: model.StateRemoving, Started: start}
	sent := deletion
	sent.Sent = start.Add(time.Second)
	activation := sent
	activation.Action, activation.Shows = "activate", model.StatePending
	unknown := deletion
	unknown.Unknown, unknown.AskAt = "no answer", start.Add(9*time.Second)
	asking := unknown
	asking.AskAt = start
	rebuild := Pending{Action: "rebuild", Shows: model.StateRemoving, Started: start, Workflow: true}
	waiting := rebuild
	waiting.Steps = []model.RebuildEvent{{Step: model.StepDelete}, {Step: model.StepWait, Saved: true}}
	for want, p := range map[string]Pending{
		"sending delete · 4s":                    deletion,
		"DELETE sent 3s ago · waiting for 404":   sent,
		"outcome unknown · asked again in 5s":    unknown,
		"outcome unknown · asking":               asking,
		"activate sent 3s ago":                   activation,
		"rebuild starting":                       rebuild,
		"rebuild 4s · " + model.StepWait.Label(): waiting,
	} {
		if got := p.Progress(start.Add(4 * time.Second)).String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for name, tc := range map[string]struct {
		p                          Pending
		accepted, saved, revocable bool
	}{
		"not sent": {deletion, false, false, false},
		"sent":     {sent, true, false, true},
		"activate": {activation, true, false, false},
		"rebuild":  {waiting, false, true, false},
	} {
		if tc.p.Accepted() != tc.accepted || tc.p.Saved() != tc.saved || tc.p.Revertible() != tc.revocable {
			t.Errorf("%s: accepted %v, saved %v, revocable %v", name, tc.p.Accepted(), tc.p.Saved(), tc.p.Revertible())
		}
	}
}

// An accepted action shows its state at once, also on the candidate of a rebuild its own.
func TestAnAcceptedActionShowsItsState(t *testing.T) {
	t.Parallel()
	s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active"})
	candidate := snapshotOf(t, map[string]any{"id": "2", "name": "a-candidate", "state": "building"})
	v := viewOf(s, candidate)
	p := &Pending{ID: "1", Action: "rebuild", Shows: model.StateRemoving, Started: start, Workflow: true}
	v.Pending["1"], v.Pending["2"] = p, p
	if got := v.ShownState(s); got != model.StateActive {
		t.Errorf("before it was accepted it is %s", got)
	}
	p.Sent = start
	if got := v.ShownState(s); got != model.StateRemoving {
		t.Errorf("then it is %s", got)
	}
	if got := v.ShownState(candidate); got != model.StateBuilding {
		t.Errorf("the candidate is %s", got)
	}
	if v.WatchID(candidate) != "1" || v.WatchID(s) != "1" {
		t.Error("a rebuild is watched under several ids")
	}
}

// A rebuild keeps a row while the list has none, where the filter finds it.
func TestPlaceholdersAreInsertedInOrder(t *testing.T) {
	t.Parallel()
	a := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active"})
	b := snapshotOf(t, map[string]any{"id": "2", "name": "b", "state": "active"})
	c := snapshotOf(t, map[string]any{"id": "3", "name": "c", "state": "active"})
	v := viewOf(a, c)
	p := &Pending{ID: "2", Name: "b", Action: "rebuild", Workflow: true, Started: start, Placeholder: Placeholder(b, "rebuild")}
	v.Pending["2"] = p
	names := func(rows []*model.Snapshot) string {
		var all []byte
		for _, s := range rows {
			all = append(all, s.Name...)
		}
		return string(all)
	}
	for _, tc := range []struct{ query, want string }{
		{"", "abc"}, {"name:b", "b"}, {"state:active", "ac"}, {"name:a", "a"},
	} {
		v.Query = query.Parse(tc.query)
		found, err := v.Filter(Sort{Column: ColumnName}, query.Result{}, Order{}).Apply(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows, added := v.InsertPlaceholders(found.Rows, Sort{Column: ColumnName})
		if names(rows) != tc.want || added != len(rows)-len(found.Rows) {
			t.Errorf("%q: %q with %d placeholders, want %q", tc.query, names(rows), added, tc.want)
		}
	}
	if b.State != model.StateActive {
		t.Error("the placeholder changed the snapshot")
	}
	p.RelatedIDs = []string{"3"} // its new snapshot is in the list
	if unlisted := v.UnlistedRebuilds(); len(unlisted) > 0 {
		t.Errorf("%d rebuilds have no row", len(unlisted))
	}
}

func TestRegionColumns(t *testing.T) {
	t.Parallel()
	v := viewOf(
		snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "active", "regionIds": []string{"us", "elsewhere"}}),
		snapshotOf(t, map[string]any{"id": "2", "name": "b", "state": "active", "regionIds": []string{"us"}}))
	v.Regions = []model.Region{{ID: "us", Name: "us", Type: "shared"}, {ID: "eu", Name: "eu", Type: "shared"}}
	ids := func(columns []Column) []string {
		var all []string
		for _, c := range columns {
			all = append(all, c.ID)
		}
		return all
	}
	for first, want := range map[int][]string{
		0: {"name", "state", "region:us", "region:eu", "region:elsewhere", "regions", "ref"},
		2: {"name", "state", "region:elsewhere", "regions", "ref"},
		9: {"name", "state", "regions", "ref"},
	} {
		columns, count := RegionColumns(v, first, false)
		if got := ids(columns); !slices.Equal(got, want) || count != 3 {
			t.Errorf("from %d: %q of %d, want %q", first, got, count, want)
		}
	}
	wide, _ := RegionColumns(v, 0, false)
	narrow, _ := RegionColumns(v, 0, true)
	if got := ids(narrow); !slices.Equal(got, []string{"name", "state", "regions"}) || narrow[2].Cell(v.Data.Store.All()[0]).String() != "us elsewhere" {
		t.Errorf("a narrow terminal has the columns %q", got)
	}
	for state, role := range map[model.State]theme.Role{model.StateActive: theme.Active, model.StateError: theme.Failed, model.StateBuilding: theme.Building} {
		s := snapshotOf(t, map[string]any{"id": "3", "name": "c", "state": state, "regionIds": []string{"us"}})
		if dot := wide[2].Cell(s); dot.String() != "●" || dot[0].Role != role {
			t.Errorf("%s is %q in role %v", state, dot, dot[0].Role)
		}
	}
	if narrow[0].Min >= wide[0].Min {
		t.Errorf("names have %d cells in a narrow terminal, %d in a wide one", narrow[0].Min, wide[0].Min)
	}
	if got := wide[2].Subtitle.String(); got != "shared 2" {
		t.Errorf("below us is %q", got)
	}
	if IsRegion("regions") || !IsRegion("region:us") {
		t.Error("a region is not told from the number of regions")
	}
}

// The server sends regions without an order, so none may depend on it.
func TestRegionsHaveOneOrder(t *testing.T) {
	t.Parallel()
	for _, ids := range [][]string{{"eu", "mars", "dc_x1", "us"}, {"us", "eu", "dc_x1", "mars"}, {"mars", "us", "eu", "dc_x1"}} {
		s := snapshotOf(t, map[string]any{"id": "1", "name": "a", "state": "pending", "updatedAt": start.Add(-time.Hour), "regionIds": ids})
		v := viewOf(s)
		v.Regions = []model.Region{{ID: "dc_x1", Name: "acme"}, {ID: "us", Name: "us"}, {ID: "eu", Name: "eu"}}
		if got := v.regionsCell(s).String(); got != "acme us eu mars" {
			t.Errorf("%v: the cell is %q", ids, got)
		}
		if got := v.PendingText(s).String(); got != "1h00m · no runner is free in acme, us, eu, mars" {
			t.Errorf("%v: pending %q", ids, got)
		}
		v.Regions = nil
		if got := v.regionsCell(s).String(); got != "dc_x1 eu mars us" {
			t.Errorf("%v: without a list the cell is %q", ids, got)
		}
	}
}

func TestWatchedEnded(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]string{"": "node is restored", "quota": "node was not restored: quota"} {
		v := viewOf()
		v.Watched = map[string]bool{"id": true}
		op := &Pending{ID: "id", Name: "node", Action: "restore", Past: "restored"}
		if got := v.WatchedEnded(op, reason); !slices.Equal(got, []string{want}) || v.Watched["id"] {
			t.Errorf("%q, want %q", got, want)
		}
		if got := v.WatchedEnded(op, reason); got != nil {
			t.Errorf("again: %q", got)
		}
	}
}
