package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

func TestDemoAudit(t *testing.T) {
	t.Parallel()
	srv := newDemoServer(t, demo.Options{})
	for _, secret := range []string{demo.Key, demo.JWT} {
		c := srv.client(t, secret)
		log, err := c.Audit(t.Context(), demo.OrganizationID, model.AuditLog{})
		if err != nil || !log.Complete || log.Newest == "" || log.Since.IsZero() || len(log.Entries) < 50 {
			t.Fatalf("%d entries since %v, complete %v, %v", len(log.Entries), log.Since, log.Complete, err)
		}
		s, err := c.Get(t.Context(), "node-20-agents")
		if err != nil {
			t.Fatal(err)
		}
		var story []string
		for _, e := range log.Of(s) {
			story = append(story, fmt.Sprint(e.Action, " ", e.Status, " ", e.SnapshotID == s.ID))
		}
		if got := strings.Join(story, ", "); got != "create 200 true, delete 200 false, create 409 false, create 200 false" {
			t.Errorf("the story of node-20-agents is %s", got)
		}
	}
	_, err := srv.client(t, demo.ReadOnlyKey).Audit(t.Context(), demo.OrganizationID, model.AuditLog{})
	if e := model.AsError(err, ""); e.Code != model.Forbidden || e.Remedy != model.MissingPermission(model.PermissionAudit) {
		t.Errorf("without the permission: %v", err)
	}
	_, err = srv.client(t, demo.Key).Audit(t.Context(), "xyz", model.AuditLog{})
	if e := model.AsError(err, ""); e.Code != model.Forbidden || e.Remedy == model.MissingPermission(model.PermissionAudit) {
		t.Errorf("another organization: %v", err)
	}
}

// auditItems returns n entries. The newest has the number first.
func auditItems(first, n int) []map[string]any {
	items := make([]map[string]any, n)
	for i := range items {
		number := first - i
		items[i] = map[string]any{
			"id": fmt.Sprint("e", number), "action": "delete", "targetType": "snapshot", "targetId": fmt.Sprint("s", number),
			"statusCode": 200, "createdAt": time.Date(2026, 11, 1, 0, 0, number, 0, time.UTC).Format(time.RFC3339),
		}
	}
	return items
}

// auditPages answers with a log of entries from number 1 to newest.
func auditPages(newest func() int) func(*http.Request) (int, string) {
	return func(r *http.Request) (int, string) {
		var page int
		_, _ = fmt.Sscan(r.URL.Query().Get("page"), &page)
		first := newest() - (page-1)*200
		body, _ := json.Marshal(map[string]any{"items": auditItems(first, min(max(first, 0), 200)), "total": newest(), "page": page, "totalPages": (newest() + 199) / 200})
		return http.StatusOK, string(body)
	}
}

// TestAuditReadsWhatIsNew: a second call costs one request.
func TestAuditReadsWhatIsNew(t *testing.T) {
	t.Parallel()
	newest := 450
	c, requests := sandboxServer(t, auditPages(func() int { return newest }))
	log, err := c.Audit(t.Context(), "org", model.AuditLog{})
	if err != nil || len(log.Entries) != 450 || !log.Complete || log.Newest != "e450" || requests.Load() != 3 {
		t.Fatalf("%d entries in %d requests, newest %s, %v", len(log.Entries), requests.Load(), log.Newest, err)
	}
	newest = 453
	log, err = c.Audit(t.Context(), "org", log)
	if err != nil || len(log.Entries) != 453 || !log.Complete || log.Newest != "e453" || requests.Load() != 4 {
		t.Fatalf("%d entries in %d requests, newest %s, %v", len(log.Entries), requests.Load(), log.Newest, err)
	}
	for i, e := range log.Entries {
		if e.ID != fmt.Sprint("e", 453-i) {
			t.Fatalf("entry %d is %s", i, e.ID)
		}
	}
}

// TestAuditIsBounded: a long log is read in part, which says how far back it goes.
func TestAuditIsBounded(t *testing.T) {
	t.Parallel()
	newest := 100_000
	c, requests := sandboxServer(t, auditPages(func() int { return newest }))
	log, err := c.Audit(t.Context(), "org", model.AuditLog{})
	oldest := time.Date(2026, 11, 1, 0, 0, 99_001, 0, time.UTC)
	if err != nil || len(log.Entries) != 1000 || log.Complete || !log.Since.Equal(oldest) || requests.Load() != 5 {
		t.Fatalf("%d entries since %v in %d requests, %v", len(log.Entries), log.Since, requests.Load(), err)
	}
	newest += 5000 // more than one call reads: what is between is not known
	log, err = c.Audit(t.Context(), "org", log)
	if err != nil || len(log.Entries) != 1000 || log.Complete || log.Entries[999].ID != "e104001" {
		t.Fatalf("%d entries since %v, %v", len(log.Entries), log.Since, err)
	}
}

// TestAuditSelectsEntries: older servers ignore filters, and newer ones may send anything.
func TestAuditSelectsEntries(t *testing.T) {
	t.Parallel()
	const body = `{"items":[
		7, null, {"action":"delete"},
		{"id":"1","action":"delete","targetType":"snapshot","targetId":"s","statusCode":200,"createdAt":"2026-11-20T10:00:00Z","actorEmail":"ada","actorApiKeyPrefix":"dtn","actorApiKeySuffix":"842"},
		{"id":"1","action":"delete","targetType":"snapshot","targetId":"s"},
		{"id":"2","action":"delete","targetType":"sandbox","targetId":"s","createdAt":"2026-11-19T10:00:00Z"},
		{"id":"3","action":"toggle_state","targetType":"snapshot","targetId":"s"},
		{"id":"4","action":"create","targetType":"snapshot","targetId":null,"statusCode":"no","errorMessage":7,"actorId":"id","metadata":{"body":{"name":"x","buildInfo":{"dockerfileContent":"FROM a"}}},"createdAt":"soon"},
		{"id":"5","action":"create","targetType":"snapshot","targetId":"s","metadata":"x"},
		{"id":"6","action":"create","targetType":"snapshot","metadata":{"body":[1]}},
		{"id":"7","action":"activate","targetType":"snapshot","targetId":"s","metadata":{"body":{"name":"y"}},"actorApiKeyPrefix":"0123456789abcdef","actorApiKeySuffix":"0123456789abcdef","errorMessage":"key dtn_x \u001b[31m","statusCode":400}
	],"totalPages":1}`
	c, _ := sandboxServer(t, func(*http.Request) (int, string) { return http.StatusOK, body })
	log, err := c.Audit(t.Context(), "org", model.AuditLog{})
	if err != nil || !log.Complete || log.Newest != "1" || !log.Since.Equal(time.Date(2026, 11, 19, 10, 0, 0, 0, time.UTC)) {
		t.Fatalf("%+v, %v", log, err)
	}
	var got []string
	for _, e := range log.Entries {
		got = append(got, fmt.Sprintf("%s %s %q %q %q %s…%s %d %q", e.ID, e.Action, e.SnapshotID, e.Name, e.Actor, e.KeyPrefix, e.KeySuffix, e.Status, e.Err))
	}
	want := []string{
		`1 delete "s" "" "ada" dtn…842 200 ""`,
		`4 create "" "x" "id" … 0 ""`,
		`5 create "s" "" "" … 0 ""`,
		`6 create "" "" "" … 0 ""`,
		`7 activate "s" "" "" 01234567……0123… 400 "key [redacted] \x1b[31m"`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestAuditOfUnexpectedAnswers: what cannot be read is an error, and reading ends.
func TestAuditOfUnexpectedAnswers(t *testing.T) {
	t.Parallel()
	repeated, _ := json.Marshal(map[string]any{"items": auditItems(200, 200), "totalPages": 999})
	noPages, _ := json.Marshal(map[string]any{"items": auditItems(200, 200)})
	for _, tc := range []struct {
		name     string
		status   int
		body     string
		entries  int
		complete bool
		requests int64
		reason   string
	}{
		{"empty", 200, `{"items":[],"total":0,"page":1,"totalPages":0}`, 0, true, 1, ""},
		{"the same page again", 200, string(repeated), 200, false, 2, ""},
		{"no number of pages", 200, string(noPages), 200, false, 2, ""},
		{"many pages, no items", 200, `{"items":[],"totalPages":999}`, 0, true, 1, ""},
		{"no items", 200, `{"total":3}`, 0, false, 1, "unexpected JSON: the page has no items"},
		{"items of another type", 200, `{"items":{"a":1}}`, 0, false, 1, "unexpected JSON: the page has no items"},
		{"a list", 200, `[]`, 0, false, 1, "unexpected JSON"},
		{"garbage", 200, `<html>`, 0, false, 1, "HTML page instead of JSON"},
		{"missing", 404, `{"message":"Cannot GET /api/audit/organizations/org","statusCode":404}`, 0, false, 1, "this server has no audit log (404)"},
		{"broken", 500, `{"message":"oops"}`, 0, false, 1, "oops"},
		{"forbidden in other words", 403, `{"message":"Forbidden resource","statusCode":403}`, 0, false, 1, "the credential lacks the permission read:audit_logs"},
	} {
		c, requests := sandboxServer(t, func(*http.Request) (int, string) { return tc.status, tc.body })
		log, err := c.Audit(t.Context(), "org/../x", model.AuditLog{})
		if len(log.Entries) != tc.entries || log.Complete != tc.complete || requests.Load() != tc.requests {
			t.Errorf("%s: %d entries, complete %v, %d requests", tc.name, len(log.Entries), log.Complete, requests.Load())
		}
		if (err == nil) != (tc.reason == "") || err != nil && !strings.Contains(err.Error(), tc.reason) {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}

// TestAuditKeepsWhatIsKnown: an error between two pages does not make a gap.
func TestAuditKeepsWhatIsKnown(t *testing.T) {
	t.Parallel()
	newest, failing := 250, ""
	pages := auditPages(func() int { return newest })
	c, _ := sandboxServer(t, func(r *http.Request) (int, string) {
		if r.URL.Query().Get("page") == failing {
			return http.StatusServiceUnavailable, `{"message":"maintenance"}`
		}
		return pages(r)
	})
	failing = "2"
	part, err := c.Audit(t.Context(), "org", model.AuditLog{})
	if err == nil || len(part.Entries) != 200 || part.Complete {
		t.Fatalf("%d entries, complete %v, %v", len(part.Entries), part.Complete, err)
	}
	newest += 300
	again, err := c.Audit(t.Context(), "org", part)
	if err == nil || again.Newest != part.Newest || len(again.Entries) != 200 {
		t.Fatalf("%d entries, newest %s, %v", len(again.Entries), again.Newest, err)
	}
}

// TestAuditLeavesRoomForPolls: its requests count, and none is sent beyond the budget.
func TestAuditLeavesRoomForPolls(t *testing.T) {
	t.Parallel()
	c, requests := sandboxServer(t, auditPages(func() int { return 100_000 }))
	var err error
	for range 30 {
		if _, err = c.Audit(t.Context(), "org", model.AuditLog{}); err != nil {
			break
		}
	}
	budget := c.Budget()
	if err == nil || !strings.Contains(err.Error(), "the request budget is used up") || requests.Load() != int64(budget.Requests) {
		t.Errorf("%d requests with a budget of %d, %v", requests.Load(), budget.Requests, err)
	}
}

// TestAuditOfASmallBudget: half of it is left for the polls.
func TestAuditOfASmallBudget(t *testing.T) {
	t.Parallel()
	pages := auditPages(func() int { return 100_000 })
	c, requests := sandboxServer(t, func(r *http.Request) (int, string) {
		if r.URL.Path == "/api/config" {
			return http.StatusOK, `{"version":"0.190.0","rateLimit":{"authenticated":{"ttl":60,"limit":24}}}`
		}
		return pages(r)
	})
	if _, err := c.Server(t.Context()); err != nil {
		t.Fatal(err)
	}
	log, err := c.Audit(t.Context(), "org", model.AuditLog{})
	if budget := c.Budget(); err != nil || len(log.Entries) != 600 || log.Complete || requests.Load() != 1+3 || budget.Requests != 6 {
		t.Errorf("%d entries in %d requests with a budget of %d, %v", len(log.Entries), requests.Load(), budget.Requests, err)
	}
}
