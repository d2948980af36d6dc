package model_test

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestSleepsAt(t *testing.T) {
	const day = 24 * time.Hour
	at := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	const created, used = "createdAt=2026-11-02T00:00:00Z", "lastUsedAt=2026-11-10T00:00:00Z"
	for name, test := range map[string]struct {
		of      *model.Snapshot
		others  []*model.Snapshot
		timeout time.Duration
		want    time.Time // zero: never
		by      string
		assumed bool
	}{
		"by its creation":         {of: snapshot(t, "a", created, "lastUsedAt=null"), timeout: 3 * day, want: at(5), by: "a"},
		"by its last use":         {of: snapshot(t, "a", created, used), timeout: 3 * day, want: at(13), by: "a"},
		"used before it was made": {of: snapshot(t, "a", created, "lastUsedAt=2026-10-01T00:00:00Z"), timeout: day, want: at(3), by: "a"},
		"with the default":        {of: snapshot(t, "a", created, used), want: at(24), by: "a", assumed: true},
		"inactive":                {of: snapshot(t, "a", created, "state=inactive"), timeout: day},
		"building":                {of: snapshot(t, "a", created, "state=building"), timeout: day},
		"general":                 {of: snapshot(t, "a", created, "general=true"), timeout: day},
		"no times at all":         {of: snapshot(t, "a"), timeout: day},
		"kept awake by a twin": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", created, used, "ref=r")},
			timeout: day, want: at(11), by: "b",
		},
		"not by a twin that sleeps": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", used, "ref=r", "state=inactive")},
			timeout: day, want: at(3), by: "a",
		},
		"not by a twin that was used earlier": {
			of: snapshot(t, "a", created, used, "ref=r"), others: []*model.Snapshot{snapshot(t, "b", created, "ref=r")},
			timeout: day, want: at(11), by: "a",
		},
		"by the twin that was used last": {
			of: snapshot(t, "a", created, "ref=r"), others: []*model.Snapshot{
				snapshot(t, "b", "createdAt=2026-11-05T00:00:00Z", "ref=r"),
				snapshot(t, "c", "createdAt=2026-11-01T00:00:00Z", used, "ref=r"),
				snapshot(t, "d", "createdAt=2026-11-04T00:00:00Z", "ref=r"),
			},
			timeout: day, want: at(11), by: "c",
		},
		"nobody shares no ref": {
			of: snapshot(t, "a", created, "ref=null"), others: []*model.Snapshot{snapshot(t, "b", created, used, "ref=null")},
			timeout: day, want: at(3), by: "a",
		},
	} {
		store, _ := model.NewStore().Apply(append(test.others, test.of))
		sleep, ok := store.DeactivatesAt(test.of, test.timeout)
		if ok != !test.want.IsZero() || !sleep.At.Equal(test.want) || sleep.Assumed != test.assumed || ok && sleep.MostRecent.ID != test.by {
			t.Errorf("%s: SleepsAt() = %v, %t", name, sleep, ok)
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
		t.Error("a deadline counted from nothing")
	}
}
