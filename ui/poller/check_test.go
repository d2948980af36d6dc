package poller

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// slow is a poller whose polls need half of the budget.
func slow() *Poller {
	p := New(5 * time.Second)
	p.Start(now())
	p.Succeeded(now(), model.Listing{Requests: 50})
	p.Schedule(now(), true, model.Budget{Requests: 103, Window: time.Minute})
	return &p
}

func TestChecksAreForSlowPolls(t *testing.T) {
	t.Parallel()
	if p := slow(); !p.CheckDue(now()) {
		t.Fatal("polls every 30 s need no check")
	}
	for name, change := range map[string]func(*Poller){
		"fast":           func(p *Poller) { p.Schedule(now(), true, unlimited()) },
		"every 15 s":     func(p *Poller) { p.requests = 25 },
		"paused":         func(p *Poller) { p.TogglePause() },
		"failed":         func(p *Poller) { p.Failed(now(), &model.Error{Code: model.Network}) },
		"running":        func(p *Poller) { p.StartCheck(now(), nil) },
		"a moment later": func(p *Poller) { p.StartCheck(now().Add(-9*time.Second), nil); p.Checked(now(), model.Check{}) },
		"before a list":  func(p *Poller) { *p = New(time.Second) },
	} {
		p := slow()
		if change(p); p.CheckDue(now()) {
			t.Errorf("%s: a check is due", name)
		}
	}
	p := slow()
	p.Start(now()) // a poll that takes long
	p.StartCheck(now(), nil)
	p.Checked(now(), model.Check{})
	if !p.CheckDue(now().Add(checkInterval)) {
		t.Error("no check is due while a poll runs")
	}
}

func TestCheckBeginsWithWhatWasNotReadForLong(t *testing.T) {
	t.Parallel()
	p := slow()
	snapshot := func(id string) *model.Snapshot { return &model.Snapshot{ID: id, State: model.StateBuilding} }
	all := []*model.Snapshot{snapshot("a"), snapshot("b"), snapshot("c")}
	for i, tc := range []struct{ read, next string }{{"a b", "c a b"}, {"c", "a b c"}, {"", "a b c"}, {"a", "b c a"}} {
		p.StartCheck(now().Add(time.Duration(i)*time.Minute), all)
		var found model.Check
		for id := range strings.FieldsSeq(tc.read) {
			found.Snapshots = append(found.Snapshots, snapshot(id))
		}
		p.Checked(now().Add(time.Duration(i)*time.Minute), found)
		if got := strings.Join(p.StartCheck(now(), all), " "); got != tc.next {
			t.Errorf("after %q the order is %q, want %q", tc.read, got, tc.next)
		}
	}
}

// A poll takes long: what a check has read since is newer than the page that was read
// first.
func TestChecksDuringAPollAreMerged(t *testing.T) {
	t.Parallel()
	at := func(id string, state model.State, minute int) *model.Snapshot {
		return &model.Snapshot{ID: id, State: state, UpdatedAt: model.SomeTime(now().Add(time.Duration(minute) * time.Minute))}
	}
	p := slow()
	p.StartCheck(now(), nil)
	p.Checked(now(), model.Check{Snapshots: []*model.Snapshot{at("before", model.StateError, 9)}})
	p.Start(now())
	p.StartCheck(now(), nil)
	p.Checked(now(), model.Check{Snapshots: []*model.Snapshot{at("newer", model.StateError, 2), at("older", model.StateBuilding, 1), at("added", model.StateError, 2)}})
	listed := model.Listing{Snapshots: []*model.Snapshot{at("before", model.StateActive, 1), at("newer", model.StateBuilding, 1), at("older", model.StateError, 2), at("other", model.StateActive, 1)}}
	var got []string
	for _, s := range p.MergeChecks(listed).Snapshots {
		got = append(got, s.ID+" "+string(s.State))
	}
	if want := "before active, newer error, older error, other active, added error"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", strings.Join(got, ", "), want)
	}
	if len(listed.Snapshots) != 4 || listed.Snapshots[1].State != model.StateBuilding {
		t.Error("the answer is modified")
	}
	p.Succeeded(now(), model.Listing{Requests: 50})
	p.Start(now())
	if merged := p.MergeChecks(listed); len(merged.Snapshots) != 4 {
		t.Error("the next poll is merged with old checks")
	}
}

// A poll of a long list takes minutes, in which the header should not say offline.
func TestCheckEndsAnOutage(t *testing.T) {
	t.Parallel()
	for code, want := range map[model.ErrorCode]bool{model.Network: true, model.ServerError: true, model.RateLimited: false, model.Unauthorized: false} {
		p := slow()
		p.Failed(now(), &model.Error{Code: code})
		p.Start(now())
		if got := p.CheckDue(now()); got != want {
			t.Errorf("after %q a check is due: %t", code, got)
		}
		p.StartCheck(now(), nil)
		if p.Checked(now(), model.Check{}) || p.Status().Err == nil {
			t.Errorf("a check that read nothing ends %q", code)
		}
	}
	p := slow()
	p.Failed(now(), &model.Error{Code: model.Network})
	p.Start(now())
	p.StartCheck(now(), nil)
	if !p.Checked(now(), model.Check{Snapshots: []*model.Snapshot{{ID: "a"}}}) || p.Status().Err != nil || !p.Status().InFlight {
		t.Error("a check does not end an outage")
	}
	if p.Checked(now(), model.Check{Snapshots: []*model.Snapshot{{ID: "a"}}}) {
		t.Error("without an outage there is none to end")
	}
}

func TestPaceCountsTheTimeOfALongPoll(t *testing.T) {
	t.Parallel()
	for took, want := range map[time.Duration]time.Duration{2 * time.Second: 10 * time.Second, 70 * time.Second: 80 * time.Second} {
		p := New(5 * time.Second)
		p.Start(now())
		p.Succeeded(now().Add(took), model.Listing{Requests: 1})
		p.Schedule(now().Add(took), false, unlimited())
		p.Start(now().Add(time.Hour))
		p.Failed(now().Add(time.Hour), &model.Error{Code: model.Network}) // its retry is not the pace
		if got := p.Status().Every; got != want {
			t.Errorf("polls of %s are %s apart, want %s", took, got, want)
		}
	}
}
