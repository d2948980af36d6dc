package ui

import (
	"strings"
	"testing"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
)

// oddID is one that no server gave yet, and that means something in a path, in a query
// and to a shell.
const oddID = "a/b c?&x=1"

// What the dashboard shows of a request, and knows it by, is what the client sends.
func TestAnOddIDIsShownAsItIsSent(t *testing.T) {
	t.Parallel()
	for _, v := range []*mutation.Mutation{mutation.Delete(), mutation.Activate(), mutation.Deactivate(), mutation.Rebuild()} {
		if got := v.Path(oddID); !strings.HasPrefix(got, "/snapshots/a%2Fb%20c%3F&x=1") {
			t.Errorf("%s calls %s", v.Name, got)
		}
	}
	var opened string
	h := newHarness(t, withRebuilder(&scripted{}), func(s *setup) {
		s.options.Open = func(url string) error { opened = url; return nil }
	})
	s := &model.Snapshot{ID: oddID, Name: "odd", State: model.StateActive}
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	h.send(rebuildEventMsg{id: oddID, event: model.RebuildEvent{Step: model.StepDelete, Phase: model.PhaseProgress, Call: "DELETE /snapshots/a%2Fb%20c%3F&x=1"}})
	if !h.app.state.Pending[oddID].Accepted() {
		t.Error("the delete of a rebuild was not known as such")
	}
	h.run(h.app.applyStore(h.app.state.Data.Store.With(s)))
	h.app.table.Select(oddID)
	h.press("o")
	if !strings.HasSuffix(opened, "/snapshots?snapshotId=a%2Fb+c%3F%26x%3D1") {
		t.Errorf("opened %s", opened)
	}
}
