package mutation

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/row"
)

// built is a snapshot with a Dockerfile.
func built(state model.State) *model.Snapshot {
	return &model.Snapshot{
		ID: "1", Name: "node", State: state, Ref: model.Some("node:24"),
		BuildInfo: model.Some(&model.BuildInfo{DockerfileContent: model.Some(model.NewJSONText("FROM node"))}),
	}
}

func TestImpact(t *testing.T) {
	t.Parallel()
	pulled := &model.Snapshot{ID: "1", Name: "node", State: model.StateActive, Ref: model.Some("node:24")}
	risky := built(model.StateBuilding)
	risky.RegionIDs = model.Some([]string{"us", "eu-1", "mars"})
	risky.LastUsedAt = model.SomeTime(now().Add(-3 * time.Hour))
	same := &model.Snapshot{ID: "2", Name: "other", State: model.StateActive, Ref: model.Some("node:24")}
	for name, tc := range map[string]struct {
		mutation *Mutation
		snapshot *model.Snapshot
		running  *row.Pending
		others   []*model.Snapshot
		want     string
	}{
		"delete": {Delete(), pulled, nil, nil, "then wait for 404 (about 10 s)\n\n! use not known\n! no new sandbox can use it\n✓ recipe saved to disk first, kept for 90 days\n"},
		"delete at risk": {Delete(), risky, nil, []*model.Snapshot{same}, `then wait for 404 (about 10 s)

! use not known
! it was used 3h ago
! it is building: a running job may revert the delete; snapdeck reports that
✓ 1 snapshot with the same ref: not touched
! removed from us, eu, mars
✓ recipe saved to disk first, kept for 90 days
`},
		"delete a failed one":      {Delete(), &model.Snapshot{ID: "1", Name: "node", State: model.StateBuildFailed}, nil, nil, "then wait for 404 (about 10 s)\n\n! use not known\n✓ recipe saved to disk first, kept for 90 days\n"},
		"activate":                 {Activate(), pulled, nil, nil, "✓ pulls its image again\n"},
		"activate a build":         {Activate(), built(model.StateInactive), nil, nil, "✓ builds it again, which may take minutes\n"},
		"deactivate":               {Deactivate(), pulled, nil, nil, "! use not known\n! no new sandbox can use it until it is activated again\n! the server refuses to activate it for 10 minutes\n"},
		"deactivate during delete": {Deactivate(), pulled, &row.Pending{}, nil, "✓ reverts the delete: it stays, inactive\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := view(tc.running, append([]*model.Snapshot{tc.snapshot}, tc.others...)...)
			if got := plain(tc.mutation.Impact(v, tc.snapshot)); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestBulkImpact(t *testing.T) {
	t.Parallel()
	some := []*model.Snapshot{built(model.StateActive), built(model.StateBuilding), {State: model.StatePulling}}
	for m, want := range map[*Mutation]string{
		Delete():     "! 2 in transition: a running job may revert the delete; snapdeck reports that\n! no new sandbox can use those that are active\n✓ each recipe saved to disk first, kept for 90 days\n",
		Activate():   "",
		Deactivate(): "! no new sandbox can use them until they are activated again, which takes at least 10 minutes\n",
	} {
		if got := plain(m.BulkImpact(view(nil), some)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", m.Name, got, want)
		}
	}
	const saved = "✓ each recipe saved to disk first, kept for 90 days\n"
	if got := plain(Delete().BulkImpact(view(nil), some[:1])); got != "! no new sandbox can use them\n"+saved {
		t.Errorf("of active ones:\n%s", got)
	}
	if got := plain(Delete().BulkImpact(view(nil), []*model.Snapshot{built(model.StateInactive)})); got != saved {
		t.Errorf("of an inactive one:\n%s", got)
	}
}

// The question before a delete says whether it can be undone.
func TestDeleteCanBeUndone(t *testing.T) {
	t.Parallel()
	v := view(nil)
	some := []*model.Snapshot{built(model.StateActive), {ID: "2", State: model.StateActive}}
	v.RefuseRestore = func(s *model.Snapshot) string {
		if s.ID == "2" {
			return "it was taken from a sandbox"
		}
		return ""
	}
	for _, off := range []bool{false, true} {
		v.TrashOff = off
		kept, keptMany := "✓ recipe saved to disk first, kept for 90 days\n", "✓ each recipe saved to disk first, kept for 90 days\n"
		if off {
			kept, keptMany = "! recipe not saved (trash: off): can be restored until snapdeck quits\n", "! recipes not saved (trash: off): can be restored until snapdeck quits\n"
		}
		for i, want := range []string{kept, "! cannot be restored: it was taken from a sandbox\n"} {
			if got := plain(Delete().Impact(v, some[i])); !strings.HasSuffix(got, want) {
				t.Errorf("off %v: got\n%s\nwant at the end\n%s", off, got, want)
			}
		}
		want := "! 1 cannot be restored: no recipe known, or the server would refuse it\n" + keptMany
		if got := plain(Delete().BulkImpact(v, some)); !strings.HasSuffix(got, want) {
			t.Errorf("off %v: got\n%s\nwant at the end\n%s", off, got, want)
		}
	}
	many := make([]*model.Snapshot, plansAtOnce+7)
	for i := range many {
		many[i] = some[0]
	}
	if got := plain(Delete().BulkImpact(v, many)); !strings.Contains(got, "· 7 more not checked\n") {
		t.Errorf("of many:\n%s", got)
	}
}

func TestPreviewOfSkipsWhatIsRefused(t *testing.T) {
	t.Parallel()
	some := []*model.Snapshot{{ID: "1", State: model.StateActive}, {ID: "2", State: model.StateRemoving}, {ID: "3", General: true}}
	found := PreviewOf(Delete(), view(nil, some...), some)
	if len(found.Able) != 1 || found.Able[0] != some[0] || len(found.Reasons) != 2 || found.Reasons["it is being removed already"] != 1 {
		t.Errorf("%d can be deleted, refused: %v", len(found.Able), found.Reasons)
	}
}

func TestPlanLines(t *testing.T) {
	t.Parallel()
	s := built(model.StateActive)
	s.LastUsedAt = model.SomeTime(now().Add(-time.Hour))
	plan := model.Plan{Impact: []model.Impact{
		{Kind: model.ImpactID, Text: "a new id"},
		{Kind: model.ImpactRegions, Warning: true, Text: "fewer regions"},
	}}
	want := "\n! use not known\n! it was used 1h ago\n! fewer regions\n· a new id\n✓ recipe saved to disk first\n"
	if got := plain(PlanLines(view(nil, s), s, plan, false)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := plain(PlanLines(view(nil, s), s, plan, true)); !strings.Contains(got, "✓ old Dockerfile saved to a file\n✓ recipe") {
		t.Errorf("got\n%s", got)
	}
}
