package model_test

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestDeactivatesAt(t *testing.T) {
	const day = 24 * time.Hour
	at := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	const created, used = "createdAt=2026-11-02T00:00:00Z", "lastUsedAt=2026-11-10T00:00:00Z"
	for name, test := range map[string]struct {
		of      *model.Snapshot
		others  []*model.Snapshot
		timeout time.Duration
		want    time.Time // zero: never
		recent  string
		assumed bool
	}{
		"creation":             {of: snapshot(t, "a", created, "lastUsedAt=null"), timeout: 3 * day, want: at(5), recent: "a"},
		"last use":             {of: snapshot(t, "a", created, used), timeout: 3 * day, want: at(13), recent: "a"},
		"used before creation": {of: snapshot(t, "a", created, "lastUsedAt=2026-10-01T00:00:00Z"), timeout: day, want: at(3), recent: "a"},
		"default timeout":      {of: snapshot(t, "a", created, used), want: at(24), recent: "a", assumed: true},
		"inactive":             {of: snapshot(t, "a", created, "state=inactive"), timeout: day},
		"building":             {of: snapshot(t, "a", created, "state=building"), timeout: day},
		"general":              {of: snapshot(t, "a", created, "general=true"), timeout: day},
		"no times":             {of: snapshot(t, "a"), timeout: day},
		"same ref used later": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", created, used, "ref=r")},
			timeout: day, want: at(11), recent: "b",
		},
		"same ref is inactive": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", used, "ref=r", "state=inactive")},
			timeout: day, want: at(3), recent: "a",
		},
		"same ref used earlier": {
			of: snapshot(t, "a", created, used, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", created, "ref=r")},
			timeout: day, want: at(11), recent: "a",
		},
		"several with the same ref": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{
				snapshot(t, "b", "createdAt=2026-11-05T00:00:00Z", "ref=r"),
				snapshot(t, "c", "createdAt=2026-11-01T00:00:00Z", used, "ref=r"),
				snapshot(t, "d", "createdAt=2026-11-04T00:00:00Z", "ref=r"),
			},
			timeout: day, want: at(11), recent: "c",
		},
		"null refs are not the same": {
			of: snapshot(t, "a", created, "ref=null"), others: []*model.Snapshot{snapshot(t, "b", created, used, "ref=null")},
			timeout: day, want: at(3), recent: "a",
		},
	} {
		store, _ := model.NewStore().Apply(append(test.others, test.of))
		got, ok := store.DeactivatesAt(test.of, test.timeout)
		if ok != !test.want.IsZero() || !got.At.Equal(test.want) || got.Assumed != test.assumed || ok && got.MostRecent.ID != test.recent {
			t.Errorf("%s: DeactivatesAt() = %v, %t", name, got, ok)
		}
	}
}

func TestDeadline(t *testing.T) {
	const updated = "updatedAt=2026-11-24T12:00:00Z"
	for state, want := range map[string]bool{
		"building": true, "pulling": true, "pending": false, "snapshotting": false, "removing": false, "active": false,
	} {
		got, ok := snapshot(t, "a", "state="+state, updated).Deadline()
		if ok != want || ok && !got.Equal(time.Date(2026, 11, 24, 13, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: Deadline() = %v, %t", state, got, ok)
		}
	}
	if _, ok := snapshot(t, "a", "state=building", "updatedAt=null").Deadline(); ok {
		t.Error("Deadline() without updatedAt = true")
	}
}
