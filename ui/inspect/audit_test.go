package inspect

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// history is the tab with the changes, with an audit log after them.
func history(t *testing.T, a *Audit) string {
	t.Helper()
	return historyAt(t, a, 118)
}

func historyAt(t *testing.T, a *Audit, width int) string {
	t.Helper()
	in := input(t, allNull)
	in.Audit, in.Width = a, width
	for _, tab := range Tabs() {
		if tab.Name == TabHistory {
			return shown(t, tab, in)
		}
	}
	t.Fatal("no such tab")
	return ""
}

const org = "8a108392-77cd-45d7-a325-b25b6784251e"

// answered is what the tab knows after an answer.
func answered(t *testing.T, log model.AuditLog, err error) *Audit {
	t.Helper()
	a := &Audit{}
	if !a.StartRead(start, org, model.Access{}, false) {
		t.Fatal("the first log is not asked for")
	}
	a.Answer(start, log, err)
	return a
}

func TestHistoryShowsWhoDidIt(t *testing.T) {
	t.Parallel()
	const id = "00000000-0000-4000-8000-000000000001"
	at := func(minutes int) time.Time { return start.Add(-time.Duration(minutes) * time.Minute) }
	screen := history(t, answered(t, model.AuditLog{Newest: "9", Since: at(600), Entries: []model.AuditEntry{
		{ID: "9", At: at(5), Action: model.AuditDeactivate, SnapshotID: id, Actor: "grace@acme.example", Status: 204},
		{ID: "8", At: at(6), Action: model.AuditActivate, SnapshotID: id, Actor: "ada@acme.example", KeyPrefix: "dtn", KeySuffix: "842", Status: 400, Err: "too\nsoon"},
		{ID: "7", At: at(60), Action: model.AuditCreate, SnapshotID: id, Name: "all-null", Actor: "eve\x1b[31m\u202e", Status: 200},
		{ID: "6", At: at(61), Action: model.AuditDelete, SnapshotID: "f00dcafe-1", Actor: "ci", Status: 500},
		{ID: "5", Action: model.AuditCreate, SnapshotID: "f00dcafe-1", Name: "all-null"},
		{ID: "4", At: at(99), Action: model.AuditDelete, SnapshotID: "another", Status: 200},
	}}, nil))
	want := `no changes yet

snapdeck records changes while it runs

AUDIT LOG  read back to 2026-11-24 12:00:00Z
2026-11-24 21:55:00Z  deactivated  grace@acme.example  5m ago
2026-11-24 21:54:00Z  activate refused  ada@acme.example  key dtn…842  6m ago  400 too soon
2026-11-24 21:00:00Z  created      eve^[[31m<U+202E>  1h ago
2026-11-24 20:59:00Z  delete failed  ci  1h ago  earlier id f00dcafe  500
time not known        create, outcome not known  actor not known  earlier id f00dcafe
`
	if screen != want {
		t.Errorf("got\n%s\nwant\n%s", screen, want)
	}
}

// TestHistoryWrapsTheReason: at 80 columns it is on the next line.
func TestHistoryWrapsTheReason(t *testing.T) {
	t.Parallel()
	a := answered(t, model.AuditLog{Newest: "1", Since: start, Complete: true, Entries: []model.AuditEntry{{
		ID: "1", At: start, Action: model.AuditCreate, Name: "all-null", Actor: "ada@acme.example", KeyPrefix: "dtn", KeySuffix: "d63",
		Status: 409, Err: "Snapshot with name \"all-null\" already exists for this organization",
	}}}, nil)
	sees(t, historyAt(t, a, 78), `
2026-11-24 22:00:00Z  create refused  ada@acme.example  key dtn…d63  0s ago
                      409 Snapshot with name "all-null" already exists for
                      this organization
`)
}

func TestHistorySaysHowFarTheLogGoes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		log  model.AuditLog
		want string
	}{
		{model.AuditLog{}, "AUDIT LOG  no entries\nno entries about this snapshot"},
		{model.AuditLog{Newest: "1", Since: start.Add(-time.Hour), Complete: true}, "AUDIT LOG  starts 2026-11-24 21:00:00Z\nno entries about"},
		{model.AuditLog{Newest: "1", Since: start.Add(-time.Hour)}, "AUDIT LOG  read back to 2026-11-24 21:00:00Z\nno entries about"},
		{model.AuditLog{Newest: "1"}, "AUDIT LOG  newest entries only\nno entries about"},
	} {
		sees(t, history(t, answered(t, tc.log, nil)), tc.want)
	}
	var many model.AuditLog
	for i := range maxAuditLines + 2 {
		many.Entries = append(many.Entries, model.AuditEntry{ID: fmt.Sprint(i), Action: model.AuditCreate, Name: "all-null", Status: 409})
	}
	many.Newest = "0"
	screen := history(t, answered(t, many, nil))
	sees(t, screen, "and 2 earlier entries")
	if n := strings.Count(screen, "create refused"); n != maxAuditLines {
		t.Errorf("%d entries are shown", n)
	}
}

// TestHistoryWithoutAnAuditLog: one line says why, and what would show it.
func TestHistoryWithoutAnAuditLog(t *testing.T) {
	t.Parallel()
	denied := &model.Error{Code: model.Forbidden, Status: 403, Message: "Access denied", Remedy: model.MissingPermission(model.PermissionAudit)}
	for _, tc := range []struct {
		err  error
		want string
	}{
		{denied, "audit log: needs the permission read:audit_logs"},
		{&model.Error{Code: model.Forbidden, Status: 403, Host: "api:1", Message: "403 Forbidden", Remedy: "check the proxy"}, "audit log: not known · 403 Forbidden · check the proxy · it needs the permission read:audit_logs"},
		{&model.Error{Code: model.NotTheAPI, Status: 404, Host: "api:1", Message: "this server has no audit log (404)"}, "audit log: not known · this server has no audit log (404)"},
		{&model.Error{Code: model.ServerError, Status: 503, Host: "api:1", Message: "down\x1b[2J\nnow", Remedy: "try again"}, "audit log: not known · down^[[2J now · try again"},
		{&model.Error{Code: model.Unauthorized, Status: 401, Message: "Invalid credentials", Remedy: "the API key is wrong"}, "audit log: not known · refused (401)"},
		{errors.New("slow"), "audit log: not known · slow"},
	} {
		screen := history(t, answered(t, model.AuditLog{}, tc.err))
		if !strings.HasSuffix(screen, "\n\n"+tc.want+"\n") {
			t.Errorf("%v: got\n%s", tc.err, screen)
		}
	}
	a := &Audit{}
	sees(t, history(t, a), "audit log: not known · no snapshot names the organization")
	if a.StartRead(start, "", model.Access{}, false) {
		t.Error("asked without an organization")
	}
	known := model.Access{Known: true}
	if a.StartRead(start, org, known, false) {
		t.Error("asked without the permission")
	}
	sees(t, history(t, a), "audit log: needs the permission read:audit_logs")
	known.Permissions = []string{model.PermissionAudit}
	if !a.StartRead(start, org, known, false) || a.StartRead(start, org, known, false) {
		t.Error("with the permission it is asked once")
	}
	sees(t, history(t, a), "audit log: reading …")
}

// TestAuditKeepsAnOldLog: what was read stays, and says from when it is.
func TestAuditKeepsAnOldLog(t *testing.T) {
	t.Parallel()
	a := answered(t, model.AuditLog{Newest: "1", Since: start.Add(-time.Hour)}, nil)
	for _, answer := range []model.AuditLog{{}, a.Known()} { // what the client knows already, too
		a.Answer(start.Add(time.Minute), answer, &model.Error{Message: "no response"})
		if a.Known().Newest != "1" {
			t.Error("an error removed the log")
		}
		sees(t, history(t, a), "read back to 2026-11-24 21:00:00Z", "as of 2026-11-24 22:00:00Z · reading stopped · no response")
	}
}

// TestAuditReadsAPartAgain: the next request must not stop where a part begins, or the older
// entries would never be read.
func TestAuditReadsAPartAgain(t *testing.T) {
	t.Parallel()
	part := model.AuditLog{Newest: "2", Since: start.Add(-time.Hour)}
	a := answered(t, part, &model.Error{Message: "no response"})
	sees(t, history(t, a), "read back to 2026-11-24 21:00:00Z", "as of 2026-11-24 22:00:00Z · reading stopped · no response")
	if a.Known().Newest != "" {
		t.Error("the part counts as known")
	}
	a.Answer(start.Add(time.Minute), model.AuditLog{}, &model.Error{Message: "no response"})
	sees(t, history(t, a), "as of 2026-11-24 22:00:00Z")
	a.Answer(start.Add(time.Minute), model.AuditLog{Newest: "3", Since: start.Add(-9 * time.Hour), Complete: true}, nil)
	sees(t, history(t, a), "starts 2026-11-24 13:00:00Z")
	if a.Known().Newest != "3" {
		t.Error("the whole log is not known")
	}
}

func TestAuditIsReadSeldom(t *testing.T) {
	t.Parallel()
	status := func(status int) error { return &model.Error{Status: status} }
	for _, tc := range []struct {
		name  string
		err   error
		again time.Duration
	}{
		{"a log", nil, 30 * time.Second},
		{"a server error", status(500), 30 * time.Second},
		{"no such endpoint", status(404), 10 * time.Minute},
		{"refused by a proxy", status(403), 10 * time.Minute},
		{"not for this credential", status(401), 10 * time.Minute},
		{"rate limited", &model.Error{Status: 429, RetryAfter: time.Minute}, time.Minute},
		{"rate limited for a moment", &model.Error{Status: 429, RetryAfter: time.Second}, 30 * time.Second},
	} {
		a := answered(t, model.AuditLog{}, tc.err)
		if a.StartRead(start.Add(tc.again-time.Second), org, model.Access{}, false) || a.StartRead(start.Add(tc.again), org, model.Access{}, true) {
			t.Errorf("%s: asked again too early", tc.name)
		}
		if !a.StartRead(start.Add(tc.again), org, model.Access{}, false) {
			t.Errorf("%s: not asked again after %v", tc.name, tc.again)
		}
	}
	a := answered(t, model.AuditLog{}, nil)
	a.Expire()
	if !a.StartRead(start, org, model.Access{}, true) {
		t.Error("a refresh does not read the log")
	}
	a.Answer(start, model.AuditLog{}, &model.Error{Status: 429, RetryAfter: time.Minute})
	a.Expire()
	if a.StartRead(start, org, model.Access{}, false) {
		t.Error("a refresh ignores the rate limit")
	}
}
