package row

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestUseText(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	sandboxes := func(states ...string) []model.Sandbox {
		list := make([]model.Sandbox, len(states))
		for i, state := range states {
			list[i] = model.Sandbox{State: state, LastActivityAt: model.SomeTime(now.Add(-time.Duration(i+2) * time.Hour))}
		}
		return list
	}
	for name, tc := range map[string]struct {
		use  model.Use
		want string
	}{
		"unknown":          {model.Use{}, "use not known"},
		"unknown, why":     {model.Use{Reason: "no\x1b[2J answer"}, "use not known: no^[[2J answer"},
		"unknown, idle":    {model.Use{Sandboxes: sandboxes("stopped"), Reason: "r"}, "use not known: r"},
		"none":             {model.Use{Known: true}, "no sandboxes"},
		"one":              {model.Use{Known: true, Sandboxes: sandboxes("started")}, "1 sandbox started · last active 2h ago"},
		"in use first":     {model.Use{Known: true, Sandboxes: sandboxes("stopped", "stopped", "started")}, "1 sandbox started, 2 stopped · last active 2h ago"},
		"a part":           {model.Use{Sandboxes: sandboxes("started", "started")}, "at least 2 sandboxes started · last active 2h ago"},
		"without activity": {model.Use{Known: true, Sandboxes: []model.Sandbox{{State: "archived"}}}, "1 sandbox archived"},
		"untrusted":        {model.Use{Known: true, Sandboxes: []model.Sandbox{{State: "\x1b]0;x"}}}, "1 sandbox ^[]0;x"},
		"very many states": {model.Use{Known: true, Sandboxes: sandboxes("a", "b", "c", "d", "e", "f", "g")}, "1 sandbox a, 1 b, 1 c, 1 d, 1 e, 2 in other states · last active 2h ago"},
	} {
		if got := UseText(tc.use, now).String(); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestPoolTexts(t *testing.T) {
	t.Parallel()
	v := NewViewState(time.Time{})
	v.Regions = []model.Region{{ID: "eu-1", Name: "Europe"}}
	s := &model.Snapshot{ID: "1", Name: "a"}
	if got := v.PoolTexts(s); got != "" {
		t.Errorf("without pools: %q", got)
	}
	v.Uses.Pools.Pools = []model.WarmPool{
		{Snapshot: "a", RegionID: "eu-1", Size: 1}, {Snapshot: "b", RegionID: "us"}, {Snapshot: "1", RegionID: "us\x1b", Size: 1200}, {Snapshot: "a"},
	}
	if got := v.PoolTexts(s); got != "Europe (1 sandbox), us^[ (1,200 sandboxes), region not known (0 sandboxes)" {
		t.Errorf("got %q", got)
	}
}
