package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func auditIDs(entries []AuditEntry) string {
	ids := make([]string, len(entries))
	for i, e := range entries {
		ids[i] = e.ID
	}
	return strings.Join(ids, " ")
}

// TestAuditOf: only a create tells the name, so an earlier id counts where its create was read.
func TestAuditOf(t *testing.T) {
	t.Parallel()
	log := AuditLog{Entries: []AuditEntry{
		{ID: "9", Action: AuditDeactivate, SnapshotID: "new"},
		{ID: "8", Action: AuditCreate, Name: "web", Status: 409},
		{ID: "7", Action: AuditCreate, SnapshotID: "new", Name: "web"},
		{ID: "6", Action: AuditDelete, SnapshotID: "old"},
		{ID: "5", Action: AuditDelete, SnapshotID: "unknown"}, // perhaps web, too
		{ID: "4", Action: AuditCreate, SnapshotID: "other", Name: "web2"},
		{ID: "3", Action: AuditCreate, SnapshotID: "old", Name: "web"},
		{ID: "2", Action: AuditDelete},
		{ID: "1", Action: AuditCreate, SnapshotID: "general", Name: "base"},
	}}
	for _, tc := range []struct {
		snapshot Snapshot
		want     string
	}{
		{Snapshot{ID: "new", Name: "web"}, "9 8 7 6 3"},
		{Snapshot{ID: "other", Name: "web2"}, "4"},
		{Snapshot{ID: "unknown", Name: "gone"}, "5"},
		{Snapshot{ID: "none", Name: ""}, ""},
		{Snapshot{ID: "elsewhere", Name: "base", General: true}, ""},
		{Snapshot{ID: "general", Name: "base", General: true}, "1"},
	} {
		if got := auditIDs(log.Of(&tc.snapshot)); got != tc.want {
			t.Errorf("of %s %s: got %s, want %s", tc.snapshot.ID, tc.snapshot.Name, got, tc.want)
		}
	}
}

func TestAuditBefore(t *testing.T) {
	t.Parallel()
	at := func(n int) time.Time { return time.Date(2026, 11, 1, 0, n, 0, 0, time.UTC) }
	old := AuditLog{Entries: []AuditEntry{{ID: "2"}, {ID: "1"}}, Newest: "2", Since: at(1), Complete: true}
	next := AuditLog{Entries: []AuditEntry{{ID: "3"}, {ID: "2"}}, Newest: "3", Since: at(2)}.WithOlder(old)
	if auditIDs(next.Entries) != "3 2 1" || next.Newest != "3" || !next.Since.Equal(at(1)) || !next.Complete {
		t.Errorf("got %+v", next)
	}
	unchanged := AuditLog{}.WithOlder(old)
	if auditIDs(unchanged.Entries) != "2 1" || unchanged.Newest != "2" || !unchanged.Since.Equal(at(1)) {
		t.Errorf("got %+v", unchanged)
	}
	long := AuditLog{Newest: "0", Since: at(0), Complete: true}
	for i := range maxAuditEntries {
		long.Entries = append(long.Entries, AuditEntry{ID: fmt.Sprint("old", i), At: at(maxAuditEntries - i)})
	}
	cut := AuditLog{Entries: []AuditEntry{{ID: "new", At: at(5000)}}, Newest: "new", Since: at(5000)}.WithOlder(long)
	if len(cut.Entries) != maxAuditEntries || cut.Entries[0].ID != "new" || cut.Complete || !cut.Since.Equal(at(2)) {
		t.Errorf("%d entries since %v, complete %v", len(cut.Entries), cut.Since, cut.Complete)
	}
}

func TestAuditEntryFailed(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		entry  AuditEntry
		failed bool
		reason string
	}{
		{AuditEntry{Status: 200}, false, "200"},
		{AuditEntry{Status: 204}, false, "204"},
		{AuditEntry{}, false, ""},
		{AuditEntry{Status: 409, Err: "name\n taken"}, true, "409 name taken"},
		{AuditEntry{Status: 500}, true, "500"},
		{AuditEntry{Err: "oops"}, true, "oops"},
	} {
		if tc.entry.Failed() != tc.failed || tc.entry.Reason() != tc.reason {
			t.Errorf("%+v: failed %v, reason %q", tc.entry, tc.entry.Failed(), tc.entry.Reason())
		}
	}
}
