package activity

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func TestLogIsBounded(t *testing.T) {
	t.Parallel()
	l := New(now(), nil)
	for i := range maxEntries + 10 {
		l.Add(now().Add(time.Duration(i)), fmt.Sprint(i), nil)
	}
	entries := l.Newest()
	if len(entries) != maxEntries || l.Added() != maxEntries+10 || !l.Started().Equal(now()) {
		t.Fatalf("%d entries of %d since %v", len(entries), l.Added(), l.Started())
	}
	first, last := entries[0], entries[len(entries)-1]
	if first.Number != maxEntries+10 || first.SnapshotID != fmt.Sprint(maxEntries+9) || !first.Time.Equal(now().Add(maxEntries+9)) {
		t.Fatalf("the newest is %+v", first)
	}
	if last.Number != 11 || last.SnapshotID != "10" {
		t.Fatalf("the oldest is %+v", last)
	}
}

func TestNewestIsACopy(t *testing.T) {
	t.Parallel()
	l := New(now(), nil)
	l.Add(now(), "a", nil)
	l.Newest()[0].SnapshotID = "b"
	if l.Newest()[0].SnapshotID != "a" {
		t.Fatal("a caller changes the log")
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	building := &model.Snapshot{ID: "1", Name: "node", State: model.StateBuilding}
	active := &model.Snapshot{ID: "1", Name: "node", State: model.StateActive}
	l := New(now(), nil)
	l.AddChanges(now(), []model.Change{
		{Kind: model.Added, After: building},
		{Kind: model.StateChanged, Before: building, After: active},
		{Kind: model.FieldsChanged, Before: active, After: active, Fields: []string{"size", "regions"}},
		{Kind: model.FieldsChanged, Before: active, After: active, Fields: []string{"lastUsedAt"}},
		{Kind: model.Deleted, Before: active},
	})
	want := []string{
		"node  ✓ active  →  deleted",
		"node  changed: size, regions",
		"node  ◐ building  →  ✓ active",
		"node  created  ◐ building",
	}
	entries := l.Newest()
	if len(entries) != len(want) {
		t.Fatalf("%d entries: %v", len(entries), entries)
	}
	for i, e := range entries {
		if e.Line.String() != want[i] || e.SnapshotID != "1" || !e.Time.Equal(now()) {
			t.Errorf("entry %d is %q of %q", i, e.Line, e.SnapshotID)
		}
	}
}

func TestRecordLine(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		record Record
		want   string
		role   theme.Role
	}{
		{Record{Name: "node", Request: "DELETE /snapshots/1", Action: "delete", Result: "deleted after 4.1 s"}, "node  DELETE /snapshots/1 → deleted after 4.1 s", theme.Text},
		{Record{Name: "node", Action: "rebuild", Result: "rebuilt"}, "node  rebuild → rebuilt", theme.Text},
		{Record{Name: "node", Action: "delete", Result: "refused", Outcome: Failed}, "node  delete → refused", theme.Failed},
		{Record{Name: "\x1b[31m", Action: "delete", Result: "\x07"}, "^[[31m  delete → ^G", theme.Text},
	} {
		line := tc.record.line()
		if line.String() != tc.want || line[len(line)-1].Role != tc.role {
			t.Errorf("got %q in role %v, want %q", line, line[len(line)-1].Role, tc.want)
		}
	}
}

func TestOutage(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) time.Time { return now().Add(d) }
	l := New(now(), nil)
	l.PollSucceeded(at(time.Second), Observed{Updated: now(), Due: at(time.Second), Started: at(time.Second)})
	if l.Added() != 0 {
		t.Fatalf("a poll in time is an entry: %v", l.Newest())
	}
	l.PollFailed(at(10*time.Second), errors.New("no route"))
	l.PollFailed(at(20*time.Second), errors.New("refused"))
	l.PollSucceeded(at(40*time.Second), Observed{Updated: at(5 * time.Second)})
	l.PollFailed(at(50*time.Second), errors.New("a\x07b"))
	l.PollSucceeded(at(24*time.Hour), Observed{Updated: at(40 * time.Second)})
	late := at(24*time.Hour + 10*time.Minute)
	l.PollSucceeded(late, Observed{Updated: at(24 * time.Hour), Due: late.Add(-longGap), Started: late})
	want := []string{
		"● no poll for 10m00s · not observed from 12:00:00Z to 12:10:00Z",
		"● outage ended after 23h59m · not observed from 2026-07-01 12:00:40Z to 12:00:00Z",
		"✗ outage: a^Gb",
		"● outage ended after 30s · not observed from 12:00:05Z to 12:00:40Z",
		"✗ outage: no route",
	}
	for i, e := range l.Newest() {
		if i >= len(want) || e.Line.String() != want[i] || e.SnapshotID != "" {
			t.Errorf("entry %d is %q", i, e.Line)
		}
	}
	if l.Added() != len(want) {
		t.Errorf("%d entries", l.Added())
	}
}

// A pause that the server asks for, or a refused key, is no outage.
func TestFailuresAreCalledWhatTheyAre(t *testing.T) {
	t.Parallel()
	at := func(d time.Duration) time.Time { return now().Add(d) }
	l := New(now(), nil)
	l.PollFailed(at(10*time.Second), &model.Error{Code: model.RateLimited, Message: "too many requests"})
	l.PollFailed(at(20*time.Second), &model.Error{Code: model.RateLimited, Message: "too many requests"})
	l.PollSucceeded(at(40*time.Second), Observed{Updated: at(5 * time.Second)})
	l.PollFailed(at(50*time.Second), &model.Error{Code: model.Unauthorized, Message: "key expired"})
	l.PollFailed(at(60*time.Second), &model.Error{Code: model.ServerError, Message: "broken"})
	l.PollSucceeded(at(70*time.Second), Observed{Updated: at(40 * time.Second)})
	want := []string{
		"● outage ended after 10s · not observed from 12:00:40Z to 12:01:10Z",
		"✗ outage: broken",
		"✗ refusal: key expired",
		"● rate limit ended after 30s · not observed from 12:00:05Z to 12:00:40Z",
		"✗ rate limit: too many requests",
	}
	var got []string
	for _, e := range l.Newest() {
		got = append(got, e.Line.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestOpenRequests(t *testing.T) {
	t.Parallel()
	sent := func(id string, second int) Record {
		return Record{Phase: Sent, URL: "u", Organization: "o", ID: id, Sent: now().Add(time.Duration(second) * time.Second)}
	}
	elsewhere := sent("open", 0)
	elsewhere.URL = "other"
	for name, tc := range map[string]struct {
		records []Record
		want    []string
	}{
		"none":             {nil, nil},
		"sent":             {[]Record{sent("1", 0)}, []string{"1"}},
		"done":             {[]Record{sent("1", 0), sent("1", 0).WithOutcome(Done, "")}, nil},
		"failed":           {[]Record{sent("1", 0), sent("1", 0).WithOutcome(Failed, "")}, nil},
		"unknown":          {[]Record{sent("1", 0), sent("1", 0).WithOutcome(Unknown, "")}, []string{"1"}},
		"replaced":         {[]Record{sent("1", 0), sent("1", 0).WithOutcome(Replaced, ""), sent("1", 1)}, []string{"1"}},
		"the end of one":   {[]Record{sent("1", 0), sent("2", 0), sent("1", 0).WithOutcome(Done, "")}, []string{"2"}},
		"an earlier end":   {[]Record{sent("1", 1), sent("1", 0).WithOutcome(Done, "")}, []string{"1"}},
		"another API":      {[]Record{sent("open", 0), elsewhere.WithOutcome(Done, "")}, []string{"open"}},
		"sent twice":       {[]Record{sent("1", 0), sent("1", 1)}, []string{"1"}},
		"end of a rebuild": {[]Record{sent("1", 0), {Phase: Ended, URL: "u", Organization: "o", ID: "1", Outcome: Done}}, []string{"1"}},
	} {
		var got []string
		for _, r := range Open(tc.records) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

func TestOutcomeOf(t *testing.T) {
	t.Parallel()
	for want, err := range map[Outcome]error{
		Done:    nil,
		Failed:  &model.Error{Code: model.Forbidden, Status: 403, Sent: true},
		Unknown: &model.Error{Code: model.ServerError, Status: 503, Sent: true},
	} {
		if got := OutcomeOf(err); got != want {
			t.Errorf("%v is %s, want %s", err, got, want)
		}
	}
	if r := (Record{}).WithOutcome(Unknown, ""); r.Failed || r.Phase != Ended {
		t.Errorf("an unknown outcome is recorded as %+v", r)
	}
}

func TestOriginals(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	old := func(id string, days int) *model.Snapshot {
		return &model.Snapshot{ID: id, CreatedAt: model.SomeTime(first.AddDate(0, 0, days))}
	}
	records := []Record{
		{ID: "0"},
		Record{ID: "1"}.Replaced("2", old("1", 0)),
		Record{ID: "2"}.Replaced("3", old("2", 10)), // the time of the first counts
		Record{ID: "5"}.Replaced("6", old("5", 20)),
		Record{ID: "7"}.Replaced("", old("7", 20)), // another request
		Record{ID: "8"}.Replaced("9", nil),
		Record{ID: "10"}.Replaced("11", &model.Snapshot{ID: "10"}), // it is not known
	}
	got := OriginalTimes(records)
	if len(got) != 3 || !got["2"].Equal(first) || !got["3"].Equal(first) || !got["6"].Equal(first.AddDate(0, 0, 20)) {
		t.Errorf("got %v", got)
	}
	if records[4].NewID != "" || records[5].NewID != "" {
		t.Error("a record of another request has a new id")
	}
}

func TestAnnounces(t *testing.T) {
	t.Parallel()
	var heard []string
	l := New(now(), func(line text.Line) { heard = append(heard, line.String()) })
	l.AddRecord(now(), Record{Name: "mine"}) // the user's own
	l.Add(now(), "", text.Lit("a notice").As(theme.Text))
	l.AddChanges(now(), []model.Change{{Kind: model.Added, After: &model.Snapshot{Name: "node", State: model.StatePending}}})
	if len(heard) != 2 || heard[0] != "a notice" || !strings.HasPrefix(heard[1], "node  created  ") {
		t.Errorf("announced %q", heard)
	}
}
