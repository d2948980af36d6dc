package activity

import (
	"fmt"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func TestLogIsBounded(t *testing.T) {
	t.Parallel()
	l := New(now())
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
	l := New(now())
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
	l := New(now())
	l.AddChanges(now(), []model.Change{
		{Kind: model.Added, After: building},
		{Kind: model.StateChanged, Before: building, After: active},
		{Kind: model.FieldsChanged, Before: active, After: active, Fields: []string{"size", "regions"}},
		{Kind: model.FieldsChanged, Before: active, After: active, Fields: []string{"lastUsedAt"}},
		{Kind: model.Deleted, Before: active},
	})
	want := []string{
		"node  ✓ active  →  deleted",
		"node  changed: [size regions]",
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
		{Record{Name: "node", Action: "delete", Result: "refused", Failed: true}, "node  delete → refused", theme.Failed},
		{Record{Name: "\x1b[31m", Action: "delete", Result: "\x07"}, "^[[31m  delete → ^G", theme.Text},
	} {
		line := tc.record.Line()
		if line.String() != tc.want || line[len(line)-1].Role != tc.role {
			t.Errorf("got %q in role %v, want %q", line, line[len(line)-1].Role, tc.want)
		}
	}
}
