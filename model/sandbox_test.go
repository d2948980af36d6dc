package model_test

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestUseState(t *testing.T) {
	t.Parallel()
	sandboxes := func(states ...string) []model.Sandbox {
		list := make([]model.Sandbox, len(states))
		for i, state := range states {
			list[i].State = state
		}
		return list
	}
	for name, tc := range map[string]struct {
		use  model.Use
		want model.UseState
	}{
		"zero value":          {model.Use{}, model.UseUnknown},
		"none":                {model.Use{Known: true}, model.NotInUse},
		"only idle":           {model.Use{Known: true, Sandboxes: sandboxes("stopped", "archived", "destroyed")}, model.NotInUse},
		"one started":         {model.Use{Known: true, Sandboxes: sandboxes("stopped", "started")}, model.InUse},
		"in error":            {model.Use{Known: true, Sandboxes: sandboxes("error")}, model.InUse},
		"a state of tomorrow": {model.Use{Known: true, Sandboxes: sandboxes("hovering")}, model.InUse},
		"a part, idle":        {model.Use{Sandboxes: sandboxes("stopped")}, model.UseUnknown},
		"a part, started":     {model.Use{Sandboxes: sandboxes("started")}, model.InUse},
	} {
		if got := tc.use.State(); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
}

func TestUseIsFreshFor30Seconds(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	use := model.Use{At: at}
	if !use.Fresh(at) || !use.Fresh(at.Add(29*time.Second)) || use.Fresh(at.Add(30*time.Second)) {
		t.Error("not fresh for 30 seconds")
	}
	if use.Fresh(at.Add(-time.Second)) || (model.Use{}).Fresh(at) {
		t.Error("fresh before it was asked")
	}
}

func TestLastActivity(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	use := model.Use{Sandboxes: []model.Sandbox{{}, {LastActivityAt: model.SomeTime(at)}, {LastActivityAt: model.SomeTime(at.Add(-time.Hour))}}}
	if last, ok := use.LastActivity(); !ok || !last.Equal(at) {
		t.Errorf("last activity %v, %t", last, ok)
	}
	if last, ok := (model.Use{}).LastActivity(); ok {
		t.Errorf("last activity %v of none", last)
	}
}

func TestWarmPoolOf(t *testing.T) {
	t.Parallel()
	s := &model.Snapshot{ID: "1", Name: "a"}
	for snapshot, want := range map[string]bool{"a": true, "1": true, "A": false, "": false} {
		if got := (model.WarmPool{Snapshot: snapshot}).Of(s); got != want {
			t.Errorf("pool of %q: %t", snapshot, got)
		}
	}
}
