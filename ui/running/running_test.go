package running

import (
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
)

// started is when the first action of a test starts.
func started() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// actions returns n running deletes, each a second after the one before.
func actions(n int) (all *Actions, pending map[string]*row.Pending) {
	pending = map[string]*row.Pending{}
	all = New(pending)
	for i := range n {
		op := NewAction(mutation.Delete(), fmt.Sprintf("id-%d", i), fmt.Sprintf("name-%d", i), started().Add(time.Duration(i)*time.Second))
		op.Follow = mutation.NewFollow(op.Mutation, &model.Snapshot{ID: op.ID, State: model.StateActive}, op.Started)
		all.Add(op)
	}
	return all, pending
}

func TestActionsAreOrderedAndShown(t *testing.T) {
	t.Parallel()
	all, pending := actions(20)
	for i, op := range all.All() {
		if want := fmt.Sprintf("id-%d", i); op.ID != want || pending[want] != &op.Pending || !all.Has(op) || all.On(want) != op {
			t.Fatalf("action %d is %s", i, op.ID)
		}
	}
	op := all.Get("id-3")
	pending["new"] = &op.Pending // a snapshot that it makes
	if all.On("new") != op || all.On("other") != nil {
		t.Error("not found by a snapshot that it makes")
	}
	all.Remove(op)
	if all.Has(op) || all.Get("id-3") != nil || pending["id-3"] != nil {
		t.Error("it still runs")
	}
}

func TestFewAreFollowedByAGetEach(t *testing.T) {
	t.Parallel()
	budget := model.Budget{Requests: 60, Window: time.Minute}
	for n, want := range map[int]int{maxFollowedByGet: maxFollowedByGet, maxFollowedByGet + 1: 0} {
		all, _ := actions(n)
		for _, op := range all.All() {
			op.Follow.Accepted(started())
		}
		if due, expired := all.Due(started().Add(time.Minute), budget); len(due) != want || len(expired) != 0 {
			t.Errorf("of %d accepted ones %d are due, want %d; %d expired", n, len(due), want, len(expired))
		}
	}
	all, _ := actions(9)
	for _, op := range all.All() {
		op.Follow.Unanswered("no answer", started())
	}
	now := started().Add(time.Minute)
	if due, _ := all.Due(now, budget); len(due) != 1 {
		t.Errorf("of many unknown outcomes %d are asked for at a time", len(due))
	}
	if due, _ := all.Due(now.Add(time.Second), budget); len(due) != 0 {
		t.Error("the next one is asked for too soon")
	}
	if due, _ := all.Due(now.Add(3*time.Second), budget); len(due) != 1 {
		t.Error("the next one is not asked for")
	}
}

func TestInFlight(t *testing.T) {
	t.Parallel()
	all, _ := actions(4)
	all.Get("id-0").Follow.Accepted(started())
	all.Get("id-0").ShowFollow()
	all.Get("id-1").Workflow = true
	all.Get("id-2").Workflow = true
	if n := all.InFlight(func(id string) bool { return id == "id-2" }); n != 2 {
		t.Errorf("%d in flight, want the rebuild of the bulk action and the request without an answer", n)
	}
}

func TestRecords(t *testing.T) {
	t.Parallel()
	all, _ := actions(1)
	op, to := all.Get("id-0"), Origin{Host: "h", URL: "https://h/api", Organization: "o"}
	r := op.SentRecord(started(), to)
	if r.Request != "DELETE /snapshots/id-0" || r.Host != to.Host || r.URL != to.URL || r.Organization != to.Organization || r.Name != "name-0" || r.Result != "sent" {
		t.Errorf("sent %+v", r)
	}
	store, _ := model.NewStore().Apply([]*model.Snapshot{{ID: "new", Name: "candidate"}})
	r = op.CallRecord(model.RebuildEvent{Call: "POST /snapshots", SnapshotID: "new", Duration: time.Second}, store, started(), to)
	if r.ID != "new" || r.Name != "candidate" || r.Seconds != 1 || r.Request != "POST /snapshots" {
		t.Errorf("called %+v", r)
	}
}
