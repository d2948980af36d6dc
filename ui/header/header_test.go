package header

import (
	"errors"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/poller"
	"daytona/snapdeck/ui/text"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// live are values of a healthy connection.
func live(states ...model.State) Values {
	var snapshots []*model.Snapshot
	for i, state := range states {
		snapshots = append(snapshots, &model.Snapshot{ID: string(rune('a' + i)), Name: "name", State: state})
	}
	store, _ := model.NewStore().Apply(snapshots)
	return Values{
		Now:        now(),
		Connection: Connection{Organization: "acme", Host: "app.daytona.io"},
		Poll:       poller.Status{Updated: now().Add(-3 * time.Second), Next: now().Add(2 * time.Second)},
		Store:      store,
	}
}

// shown returns the two lines in so many cells.
func (v Values) shown(t *testing.T, width int) (first, second string) {
	t.Helper()
	lines := v.Lines(width)
	if len(lines) != 2 || lines[0].Width() != width || lines[1].Width() != width {
		t.Fatalf("in %d cells: %q", width, lines)
	}
	return lines[0].String(), lines[1].String()
}

func TestEachLineIsExactlyAsWideAsTheScreen(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateError, "odd")
	v.Connection.Profile, v.Connection.ReadOnly, v.Connection.Insecure = "production", true, true
	v.Deactivating, v.Quota = 4, model.QuotaUse{Used: 118, Limit: 120}
	for width := 1; width < 200; width++ {
		v.shown(t, width)
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	v := live()
	v.Connection = Connection{Profile: "prod", Organization: "acme", Host: "host:1", ReadOnly: true, Insecure: true}
	if first, _ := v.shown(t, 120); !strings.HasPrefix(first, " snapdeck   prod   read-only · not encrypted · acme · host:1 ") {
		t.Errorf("got %q", first)
	}
	v.Connection = Connection{Host: "host:1"}
	if first, _ := v.shown(t, 120); !strings.HasPrefix(first, " snapdeck  host:1 ") {
		t.Errorf("got %q", first)
	}
}

func TestFreshness(t *testing.T) {
	t.Parallel()
	at := now().Add(-3 * time.Second)
	next := now().Add(2 * time.Second)
	failed := func(code model.ErrorCode) poller.Status {
		return poller.Status{Err: &model.Error{Code: code}, Next: next}
	}
	retrying, paused := failed(model.Network), failed(model.Network)
	retrying.InFlight, paused.Paused = true, true
	for _, tc := range []struct {
		poll        poller.Status
		long, short string
	}{
		{poller.Status{}, "● loading", "● loading"},
		{poller.Status{Loaded: 200, Total: 1200}, "● loading · 200 of 1,200", "● loading · 200 of 1,200"},
		{poller.Status{Loaded: 200, Total: 20_000, Complete: now().Add(200 * time.Second)}, "● loading · 200 of 20,000 · rate limit: 3m20s left", "● loading · 200 of 20,000 · 3m20s left"},
		{poller.Status{Loaded: 200, Total: 20_000, Complete: now()}, "● loading · 200 of 20,000", "● loading · 200 of 20,000"},
		{poller.Status{Updated: at, Next: next, Every: 5 * time.Second}, "● live · every 5s · updated 3s ago", "● live · 3s ago"},
		{poller.Status{Updated: at, Next: next, Every: slowPace}, "● live · every 30s · updated 3s ago", "● live · 3s ago"},
		{poller.Status{Updated: at, Next: next, Every: 100 * time.Second}, "● slow · every 1m40s · updated 3s ago", "● slow · every 1m40s"},
		{poller.Status{Updated: at, Next: next, Paused: true}, "● paused · updated 3s ago", "● paused · updated 3s ago"},
		{failed(model.Network), "● offline · retry in 2s", "● offline · retry in 2s"},
		{failed(model.Unauthorized), "● key refused · retry in 2s", "● key refused · retry in 2s"},
		{failed(model.Forbidden), "● access denied · retry in 2s", "● access denied · retry in 2s"},
		{failed(model.RateLimited), "● rate limited · retry in 2s", "● rate limited · retry in 2s"},
		{failed(model.ServerError), "● server error · retry in 2s", "● server error · retry in 2s"},
		{failed(model.NotTheAPI), "● not the API · retry in 2s", "● not the API · retry in 2s"},
		{failed(model.NotFound), "● not the API · retry in 2s", "● not the API · retry in 2s"},
		{failed(model.TooLarge), "● error · retry in 2s", "● error · retry in 2s"},
		{retrying, "● offline · retrying", "● offline · retrying"},
		{paused, "● offline · paused", "● offline · paused"},
	} {
		v := Values{Now: now(), Connection: Connection{Host: "h"}, Poll: tc.poll}
		for width, want := range map[int]string{80: tc.long, 79: tc.short, 20: tc.short} {
			first, _ := v.shown(t, width)
			if width > len(want) && !strings.HasSuffix(first, " "+want+" ") {
				t.Errorf("in %d cells %q, want %q at its end", width, first, want)
			}
		}
	}
}

func TestFreshnessIsShortWhereThePlaceNeedsTheRoom(t *testing.T) {
	t.Parallel()
	v := live()
	v.Connection.Host = strings.Repeat("x", 40)
	if first, _ := v.shown(t, 80); !strings.Contains(first, v.Connection.Host+" ") || !strings.HasSuffix(first, "● live · 3s ago ") {
		t.Errorf("got %q", first)
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateActive, model.StateError, model.StateBuildFailed, "odd", "odder")
	if _, second := v.shown(t, 120); strings.TrimRight(second, " ") != " 6  ✗ 2 failed  ✓ 2 active  ? 1 odd  ? 1 odder" {
		t.Errorf("got %q", second)
	}
	v.Store = nil
	if _, second := v.shown(t, 120); strings.TrimSpace(second) != "" {
		t.Errorf("before anything was read: %q", second)
	}
	if _, second := live().shown(t, 120); strings.TrimSpace(second) != "0" {
		t.Errorf("of none: %q", second)
	}
}

// As many states have a label as there is room for, those first that need a person. States
// that snapdeck does not know are one sum unless all have one.
func TestCountsHaveLabelsAsThereIsRoom(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateBuilding, model.StatePending, model.StateError, "odd", "odder")
	for width, want := range map[int]string{
		80: " 6  ✗ 1 failed  ◌ 1 pending  ◐ 1 building  ✓ 1 active  ? 1 odd  ? 1 odder",
		64: " 6  ✗ 1 failed  ◌ 1 pending  ◐ 1 building  ✓ 1 active  ? 2",
		57: " 6  ✗ 1 failed  ◌ 1 pending  ◐ 1 building  ✓ 1  ? 2",
		50: " 6  ✗ 1 failed  ◌ 1  ◐ 1 building  ✓ 1  ? 2",
		40: " 6  ✗ 1 failed  ◌ 1  ◐ 1  ✓ 1  ? 2",
		32: " 6  ✗ 1  ◌ 1  ◐ 1  ✓ 1  ? 2",
	} {
		if _, second := v.shown(t, width); strings.TrimRight(second, " ") != want {
			t.Errorf("in %d cells %q, want %q", width, second, want)
		}
	}
}

// A snapshot that the last poll did not list is counted as such, in no state.
func TestMissingSnapshotsAreInNoState(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateActive, model.StateError)
	v.Store, _ = v.Store.Apply(v.Store.All()[1:])
	if _, second := v.shown(t, 120); strings.TrimRight(second, " ") != " 3  ✗ 1 failed  ✓ 1 active  ? 1 not listed" {
		t.Errorf("got %q", second)
	}
	if _, second := v.shown(t, 32); strings.TrimRight(second, " ") != " 3  ✗ 1  ✓ 1  ? 1 not listed" {
		t.Errorf("got %q", second)
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	skipped := []error{errors.New("item 3: no id"), errors.New("item 4: no id")}
	running := []Rebuild{{Name: "base-image-with-a-very-long-name-indeed", Action: "rebuild", Progress: text.Lit("rebuild 5s · creating")}, {Action: "rebuild"}}
	for name, tc := range map[string]struct {
		change      func(*Values)
		long, short string
	}{
		"none":               {func(*Values) {}, "", ""},
		"nothing read":       {func(v *Values) { v.Poll, v.Deactivating = poller.Status{}, 4 }, "", ""},
		"stale":              {func(v *Values) { v.Poll.Err, v.Deactivating = &model.Error{}, 4 }, "stale: 3s old", "stale: 3s old"},
		"skipped":            {func(v *Values) { v.Poll.Skipped, v.Deactivating = skipped, 4 }, "! 2 items not shown: item 3: no id", "! 2 not shown"},
		"one deactivates":    {func(v *Values) { v.Deactivating = 1 }, "☾ 1 deactivates within 2d", "☾ 1"},
		"with the default":   {func(v *Values) { v.Deactivating, v.DefaultTimeout = 4, true }, "☾ ~4 deactivate within 2d", "☾ ~4"},
		"many deactivate":    {func(v *Values) { v.Deactivating = 1234 }, "☾ 1,234 deactivate within 2d", "☾ 1,234"},
		"a rebuild":          {func(v *Values) { v.Rebuilds.Running, v.Poll.Err = running[:1], &model.Error{} }, "◐ base-image-with…ng-name-indeed rebuild 5s · creating", "◐ rebuild 5s · creating"},
		"rebuilds":           {func(v *Values) { v.Rebuilds.Running, v.Rebuilds.Unfinished = running, 1 }, "◐ 2 rebuilds running", "◐ 2 rebuilds running"},
		"restores":           {func(v *Values) { v.Rebuilds.Running = []Rebuild{{Action: "restore"}, {Action: "restore"}} }, "◐ 2 restores running", "◐ 2 restores running"},
		"of two kinds":       {func(v *Values) { v.Rebuilds.Running = []Rebuild{{Action: "restore"}, {Action: "rebuild"}} }, "◐ 2 actions running", "◐ 2 actions running"},
		"unfinished restore": {func(v *Values) { v.Rebuilds = Rebuilds{Unfinished: 1, Action: "restore"} }, "! 1 restore unfinished", "! 1 restore unfinished"},
		"unfinished":         {func(v *Values) { v.Rebuilds = Rebuilds{Unfinished: 1, Action: "rebuild", ResumeKey: "F"} }, "! 1 rebuild unfinished · F resume", "! 1 rebuild unfinished · F resume"},
		"unfinished, no key": {func(v *Values) { v.Rebuilds = Rebuilds{Unfinished: 2, Action: "rebuild"} }, "! 2 rebuilds unfinished", "! 2 rebuilds unfinished"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := live(model.StateActive)
			tc.change(&v)
			if long, short := v.notice(false).String(), v.notice(true).String(); long != tc.long || short != tc.short {
				t.Errorf("got %q and %q, want %q and %q", long, short, tc.long, tc.short)
			}
		})
	}
}

func TestLabelsGiveWayBeforeTheNotice(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive)
	v.Deactivating = 4
	for width, want := range map[int]string{
		40: " 1  ✓ 1 active  ☾ 4 deactivate within 2d",
		35: " 1  ✓ 1  ☾ 4 deactivate within 2d",
		20: " 1  ✓ 1 active  ☾ 4", // there is room again
		15: " 1  ✓ 1  ☾ 4",
	} {
		if _, second := v.shown(t, width+1); strings.Join(strings.Fields(second), " ") != strings.Join(strings.Fields(want), " ") {
			t.Errorf("in %d cells %q", width+1, second)
		}
	}
}

func TestStaleNote(t *testing.T) {
	t.Parallel()
	p := poller.Status{Err: &model.Error{Code: model.Network, Message: "no route", Host: "h"}, Next: now().Add(5 * time.Second)}
	if got := StaleNote(p, "").String(); got != " ✗ h: no route" {
		t.Errorf("got %q", got)
	}
	p.Updated = now()
	if got := StaleNote(p, "r").String(); got != " ✗ h: no route · showing data from 12:00:00Z · r retry" {
		t.Errorf("got %q", got)
	}
	if got := retryLine(p, now(), "r").String(); got != "retry in 5s · r retry" {
		t.Errorf("got %q", got)
	}
	if got := retryLine(p, now(), "").String(); got != "retry in 5s" {
		t.Errorf("got %q", got)
	}
}

// TestQuota shows the use of the quota if there is little room left, before any notice.
func TestQuota(t *testing.T) {
	t.Parallel()
	quota := func(used, limit int) model.QuotaUse { return model.QuotaUse{Used: used, Limit: limit} }
	for _, tc := range []struct {
		width        int
		quota        model.QuotaUse
		deactivating int
		want         string
	}{
		{80, quota(118, 0), 0, ""},
		{80, quota(107, 120), 0, ""},
		{80, quota(118, 120), 0, "118/120 snapshots"},
		{80, quota(118, 120), 4, "118/120 snapshots · ☾ 4 deactivate within 2d"},
		{80, quota(121, 120), 0, "121/120 snapshots"},
		{60, quota(118, 120), 4, "118/120 snapshots · ☾ 4 deactivate within 2d"},
		{40, quota(118, 120), 4, "118/120 snapshots · ☾ 4"},
		{22, quota(118, 120), 4, "118/120 · ☾ 4"},
	} {
		v := live(model.StateActive)
		v.Quota, v.Deactivating = tc.quota, tc.deactivating
		_, second := v.shown(t, tc.width)
		for _, count := range []string{" 1  ✓ 1 active", " 1  ✓ 1"} {
			second = strings.TrimPrefix(second, count)
		}
		if got := strings.TrimSpace(second); got != tc.want {
			t.Errorf("in %d cells, %s: %q, want %q", tc.width, tc.quota, got, tc.want)
		}
	}
}

func TestQueryAt(t *testing.T) {
	t.Parallel()
	v := live(model.StateActive, model.StateError, model.StateBuildFailed, model.StateBuilding, "odd", "very odd")
	for width, want := range map[int]map[string]string{
		120: {"6": "", "failed": "state:failed", "2": "state:failed", "building": "state:building", "active": "state:active", "1 odd": "state:odd", "very odd": `state:"very odd"`},
		40:  {"6": "", "2 failed": "state:failed", "1 building": "state:building", "✓ 1": "state:active", "? 2": `state:odd,"very odd"`},
		33:  {"6": "", "2 failed": "state:failed", "? 2": `state:odd,"very odd"`},
	} {
		_, second := v.shown(t, width)
		for what, query := range want {
			before, _, found := strings.Cut(second, what)
			if got, ok := v.QueryAt(len([]rune(before)), width); !found || !ok || got != query {
				t.Errorf("in %d cells %q is at %d of %q and finds %q (%t), want %q", width, what, len([]rune(before)), second, got, ok, query)
			}
		}
		if got, ok := v.QueryAt(width-1, width); ok {
			t.Errorf("in %d cells the end finds %q", width, got)
		}
	}
	v.Store = nil
	if _, ok := v.QueryAt(1, 120); ok {
		t.Error("before anything was read there is a query")
	}
}
