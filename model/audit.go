package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PermissionAudit is the permission of an API key to read the audit log.
const PermissionAudit = "read:audit_logs"

// AuditAction is what a request of the audit log did to a snapshot.
type AuditAction string

// The actions on a snapshot that have an audit entry. The server deactivates idle snapshots
// without one.
const (
	AuditCreate     AuditAction = "create"
	AuditActivate   AuditAction = "activate"
	AuditDeactivate AuditAction = "deactivate"
	AuditDelete     AuditAction = "delete"
)

// AuditEntry is one request of the audit log about a snapshot.
type AuditEntry struct {
	ID         string
	At         time.Time // zero if unknown
	Action     AuditAction
	SnapshotID string // "" if unknown, as for a create that failed
	Name       string // of a create; "" for others, which have the id only
	Actor      string // email, else id; "" if unknown
	KeyPrefix  string // start of the API key, "" for a request without one
	KeySuffix  string // end of the API key
	Status     int    // HTTP status, 0 if unknown
	Err        string // why it failed
}

// Failed reports whether the server refused the request or failed.
func (e AuditEntry) Failed() bool { return e.Status >= 400 || e.Status == 0 && e.Err != "" }

// Reason returns why the request failed: "409 the name exists".
func (e AuditEntry) Reason() string {
	if e.Status == 0 {
		return e.Err
	}
	return strings.Join(strings.Fields(fmt.Sprintf("%d %s", e.Status, e.Err)), " ")
}

// AuditLog is the part of an organization's audit log that was read.
type AuditLog struct {
	Entries  []AuditEntry // about snapshots, newest first
	Newest   string       // id of the newest entry about anything, "" for an empty log
	Since    time.Time    // time of the oldest entry that was read, zero for none
	Complete bool         // the log has no older entries
}

// maxAuditEntries bounds the entries of a log that is read again and again.
const maxAuditEntries = 2000

// WithOlder returns the log with older entries that were read before, at most 2,000 in all.
// older must begin where the log ends; it may repeat entries.
func (l AuditLog) WithOlder(older AuditLog) AuditLog {
	known := make(map[string]bool, len(l.Entries))
	for _, e := range l.Entries {
		known[e.ID] = true
	}
	joined := slices.Clone(l.Entries)
	for _, e := range older.Entries {
		if !known[e.ID] {
			joined = append(joined, e)
		}
	}
	l.Entries, l.Complete = joined, older.Complete
	if l.Newest == "" {
		l.Newest = older.Newest
	}
	if l.Since.IsZero() || !older.Since.IsZero() && older.Since.Before(l.Since) {
		l.Since = older.Since
	}
	if len(joined) > maxAuditEntries {
		l.Entries, l.Complete = joined[:maxAuditEntries:maxAuditEntries], false
		l.Since = joined[maxAuditEntries-1].At
	}
	return l
}

// Of returns the entries about a snapshot, and those about earlier ones with its name, as far
// as they are known: only the entry of a create has a name.
func (l AuditLog) Of(s *Snapshot) []AuditEntry {
	named := func(e AuditEntry) bool { return e.Name == s.Name && s.Name != "" && !s.General }
	ids := map[string]bool{s.ID: true}
	for _, e := range l.Entries {
		if named(e) && e.SnapshotID != "" {
			ids[e.SnapshotID] = true
		}
	}
	var found []AuditEntry
	for _, e := range l.Entries {
		if ids[e.SnapshotID] || named(e) {
			found = append(found, e)
		}
	}
	return found
}
