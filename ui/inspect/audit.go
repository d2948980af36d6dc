package inspect

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	// auditMaxAge is how long an audit log counts as current.
	auditMaxAge = 30 * time.Second
	// auditMissingRetry is how long a server without an audit log, or one that refuses it, is
	// not asked again.
	auditMissingRetry = 10 * time.Minute
	// auditTimeWidth is the width of a time and the space after it.
	auditTimeWidth = 22
	// maxAuditLines is how many entries of one snapshot are shown.
	maxAuditLines = 200
)

// Audit is what is known of the organization's audit log, and when to read it. It is read only
// while the tab with the history is on the screen. The zero value was never read.
type Audit struct {
	log          model.AuditLog
	organization string
	access       model.Access
	asking       bool
	asked        bool         // there was an answer
	partial      bool         // the log was not read as far as it can be
	err          *model.Error // why the last answer is no log, nil for none
	next         time.Time    // when to ask again
	read         time.Time    // when the log was read, zero for never
}

// StartRead reports whether to read the log now, which then counts as being read until
// [Audit.Answer]. organizationID is "" if unknown. While polling is paused, the log is read
// only once.
func (a *Audit) StartRead(now time.Time, organizationID string, access model.Access, paused bool) bool {
	a.organization, a.access = organizationID, access
	if organizationID == "" || a.asking || a.denied() || now.Before(a.next) || paused && a.asked && !a.next.IsZero() {
		return false
	}
	a.asking = true
	return true
}

// Known returns the log that was read, so that the next request reads only what is newer. It is
// empty if reading stopped too early: the older entries would never be read.
func (a *Audit) Known() model.AuditLog {
	if a.partial {
		return model.AuditLog{}
	}
	return a.log
}

// Expire makes the log due at once, unless the server asked to wait.
func (a *Audit) Expire() {
	if a.err == nil || a.err.RetryAfter == 0 {
		a.next = time.Time{}
	}
}

// Answer applies the answer to a request.
func (a *Audit) Answer(now time.Time, log model.AuditLog, err error) {
	a.asking, a.asked, a.err, a.next = false, true, nil, now.Add(auditMaxAge)
	if err == nil || log.Newest != "" && log.Newest != a.log.Newest {
		a.log, a.read, a.partial = log, now, err != nil
	}
	if err == nil {
		return
	}
	a.err = model.AsError(err, "")
	switch {
	case a.err.Status == http.StatusUnauthorized || a.err.Status == http.StatusForbidden || a.err.Status == http.StatusNotFound:
		a.next = now.Add(auditMissingRetry)
	case a.err.RetryAfter > auditMaxAge:
		a.next = now.Add(a.err.RetryAfter)
	}
}

// denied reports whether the credential lacks the permission.
func (a *Audit) denied() bool {
	return !a.access.Can(model.PermissionAudit) || a.err != nil && a.err.Remedy == model.MissingPermission(model.PermissionAudit)
}

// lines returns who acted on the snapshot, or one line that says why that is not known.
func (a *Audit) lines(s *model.Snapshot, now time.Time, width int) []text.Line {
	switch {
	case a.denied():
		return []text.Line{text.Sprintf("audit log: needs the permission %s", model.PermissionAudit).As(theme.Dim)}
	case a.err != nil && a.read.IsZero():
		return []text.Line{text.Sprintf("audit log: not known · %s", a.reason()).As(theme.Dim)}
	case !a.asked && a.asking:
		return []text.Line{text.Lit("audit log: reading …").As(theme.Dim)}
	case !a.asked && a.organization == "":
		return []text.Line{text.Lit("audit log: not known · no snapshot names the organization").As(theme.Dim)}
	case !a.asked:
		return []text.Line{text.Lit("audit log: not read yet").As(theme.Dim)}
	}
	lines := []text.Line{text.Join(text.Lit("AUDIT LOG  ").As(theme.Dim), a.extent().As(theme.Dim))}
	found := a.log.Of(s)
	if len(found) == 0 {
		lines = append(lines, text.Lit("no entries about this snapshot").As(theme.Dim))
	}
	for _, e := range found[:min(len(found), maxAuditLines)] {
		lines = append(lines, auditLines(e, s, now, width)...)
	}
	if more := len(found) - maxAuditLines; more > 0 {
		lines = append(lines, text.Sprintf("and %s", format.Count(more, "earlier entry", "earlier entries")).As(theme.Dim))
	}
	if a.err != nil {
		lines = append(lines, text.Sprintf("as of %s · reading stopped · %s", format.Timestamp(a.read), a.reason()).As(theme.Dim))
	}
	return lines
}

// reason returns why the log is not known, without the host.
func (a *Audit) reason() string {
	e := *a.err
	e.Host = ""
	if e.Status == http.StatusUnauthorized {
		return "refused (401)" // the polls decide whether the credential is valid
	}
	if e.Status == http.StatusForbidden {
		return e.Error() + " · it needs the permission " + model.PermissionAudit
	}
	return e.Error()
}

// extent says how far back the log was read.
func (a *Audit) extent() text.Safe {
	switch {
	case a.log.Newest == "":
		return text.Lit("no entries")
	case a.log.Since.IsZero():
		return text.Lit("newest entries only")
	case a.log.Complete:
		return text.Sprintf("starts %s", format.Timestamp(a.log.Since))
	default:
		return text.Sprintf("read back to %s", format.Timestamp(a.log.Since))
	}
}

// auditLines shows one entry, wrapped beside its time.
func auditLines(e model.AuditEntry, s *model.Snapshot, now time.Time, width int) []text.Line {
	when, ago := text.Lit("time not known").As(theme.Dim), text.Safe{}
	if !e.At.IsZero() {
		when, ago = text.Cell(format.Timestamp(e.At)).As(theme.Text), text.Sprintf("  %s", format.Relative(e.At, now))
	}
	done, role := auditDone(e)
	line := text.Join(done.As(role).Fit(max(len("deactivated"), done.Width())), text.Sprintf("  %s", cmp.Or(e.Actor, "actor not known")).As(theme.Text))
	if e.KeyPrefix != "" || e.KeySuffix != "" {
		line = text.Join(line, text.Sprintf("  key %s…%s", e.KeyPrefix, e.KeySuffix).As(theme.Dim))
	}
	line = text.Join(line, ago.As(theme.Dim))
	if e.SnapshotID != "" && e.SnapshotID != s.ID {
		line = text.Join(line, text.Sprintf("  earlier id %s", e.SnapshotID[:min(len(e.SnapshotID), 8)]).As(theme.Dim))
	}
	if e.Failed() {
		line = text.Join(line, text.Sprintf("  %s", e.Reason()).As(theme.Failed))
	}
	var lines []text.Line
	for _, part := range line.Wrap(max(width-auditTimeWidth, 8)) {
		lines = append(lines, append(slices.Clip(when.Fit(auditTimeWidth)), part...))
		when = nil
	}
	return lines
}

// auditDone says what was done, and whether it was refused.
func auditDone(e model.AuditEntry) (text.Safe, theme.Role) {
	switch {
	case e.Failed() && e.Status >= 500:
		return text.Sprintf("%s failed", e.Action), theme.Failed
	case e.Failed():
		return text.Sprintf("%s refused", e.Action), theme.Failed
	case e.Status == 0:
		return text.Sprintf("%s, outcome not known", e.Action), theme.Warning
	default:
		return text.Sprintf("%sd", e.Action), theme.Text
	}
}
