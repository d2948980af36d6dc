package demo_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// auditPage is a decoded page of the audit log.
type auditPage struct {
	Items []struct {
		ID, ActorID, ActorEmail, OrganizationID, Action, TargetType, IPAddress, UserAgent string
		ActorAPIKeyPrefix, ActorAPIKeySuffix, TargetID, ErrorMessage, Source              *string
		StatusCode                                                                        int
		Metadata                                                                          *struct{ Body map[string]any }
		CreatedAt                                                                         time.Time
	}
	Total, Page, TotalPages int
}

const auditPath = "/api/audit/organizations/" + demo.OrganizationID

func TestAuditAnswersLikeTheServer(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	srv.run([]testRequest{
		{"without permission", "GET", auditPath + "?limit=5", []string{bearer(demo.ReadOnlyKey)}, 403, "Access denied"},
		{"another organization", "GET", "/api/audit/organizations/00000000-0000-4000-8000-0000000000ff?limit=2", nil, 403, "Invalid authentication context"},
		{"another one without permission", "GET", "/api/audit/organizations/xyz", []string{bearer(demo.ReadOnlyKey)}, 403, "Invalid authentication context"},
		{"no UUID", "GET", "/api/audit/organizations/xyz?limit=2", nil, 403, "Invalid authentication context"},
		{"no id", "GET", "/api/audit?limit=1", nil, 404, "Cannot GET /api/audit?limit=1"},
		{"no key", "GET", auditPath, []string{noKey}, 401, "Invalid credentials"},
		{"limit 201", "GET", auditPath + "?limit=201", nil, 400, "limit must not be greater than 200"},
		{"no date", "GET", auditPath + "?from=abc", nil, 400, "from must be a Date instance"},
	})
	for name, query := range map[string]string{
		"next token": "?limit=2&nextToken=abc", "filters": "?limit=2&action=delete&targetId=1a24ba49-627d-4b91-beff-b9915c25f8a4",
	} {
		if got, plain := srv.get(auditPath+query), srv.get(auditPath+"?limit=2"); got.status != http.StatusOK || string(got.body) != string(plain.body) {
			t.Errorf("%s is not ignored: %d %s", name, got.status, got.body)
		}
	}
	if got := srv.get(auditPath+"?limit=1", bearer(demo.JWT)); got.status != http.StatusOK {
		t.Errorf("a JWT without the header gets %d %s", got.status, got.body)
	}
	first, second := decode[auditPage](t, srv.get(auditPath+"?limit=2")), decode[auditPage](t, srv.get(auditPath+"?limit=2&page=2"))
	if len(first.Items) != 2 || len(second.Items) != 2 || first.Items[1].CreatedAt.Before(second.Items[0].CreatedAt) || first.TotalPages != (first.Total+1)/2 {
		t.Errorf("the pages are %+v and %+v", first, second)
	}
	since := srv.Now().Add(-24 * time.Hour)
	recent := decode[auditPage](t, srv.get(auditPath+"?limit=200&from="+since.Format(time.RFC3339)))
	if recent.Total == 0 || recent.Total >= first.Total || recent.Items[len(recent.Items)-1].CreatedAt.Before(since) {
		t.Errorf("%d of %d entries are from the last day", recent.Total, first.Total)
	}
}

// TestAuditRecordsRequests: with the properties and their order as recorded.
func TestAuditRecordsRequests(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	agent := "User-Agent: curl/7.88.1"
	create := srv.send("POST", "/api/snapshots", `{"name":"au-df","cpu":1,"memory":1,"disk":3,"regionId":"us","buildInfo":{"dockerfileContent":"FROM alpine:3.20 # <a>\n","contextHashes":["h9"]}}`, agent)
	id := decode[row](t, create).ID
	newest := func() string { return string(srv.get(auditPath + "?limit=1").body) }
	want := `"actorId":"demo|ada","actorEmail":"ada@acme.example","actorApiKeyPrefix":"dtn","actorApiKeySuffix":"d63",` +
		`"organizationId":"` + demo.OrganizationID + `","action":"create","targetType":"snapshot","targetId":"` + id + `","statusCode":200,"errorMessage":null,` +
		`"ipAddress":"127.0.0.1","userAgent":"curl/7.88.1","source":null,"metadata":{"body":{"cpu":1,"disk":3,"name":"au-df","memory":1,` +
		`"buildInfo":{"contextHashes":["h9"],"dockerfileContent":"FROM alpine:3.20 # <a>\n"}}},"createdAt":"2026-11-24T14:33:26.000Z"}`
	if got := newest(); !strings.Contains(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, tc := range []struct {
		method, path, body, key string
		want                    string
	}{
		{"POST", "/api/snapshots", `{"name":"au-df","imageName":"a:1"}`, demo.WriterKey, `"8a5","organizationId":"` + demo.OrganizationID + `","action":"create","targetType":"snapshot","targetId":null,"statusCode":409,"errorMessage":"Snapshot with name \"au-df\" already exists for this organization"`},
		{"POST", "/api/snapshots", `{"name":"<b>"}`, demo.Key, `"targetId":null,"statusCode":400,"errorMessage":"`},
		{"POST", "/api/snapshots/" + id + "/deactivate", "", demo.Key, `"action":"deactivate","targetType":"snapshot","targetId":"` + id + `","statusCode":204,"errorMessage":null`},
		{"POST", "/api/snapshots/" + id + "/activate", "", demo.Key, `"statusCode":400,"errorMessage":"Snapshot deactivation is still in progress. Please try again in a few minutes."`},
		{"DELETE", "/api/snapshots/" + id, "", demo.DeleterKey, `"action":"delete","targetType":"snapshot","targetId":"` + id + `","statusCode":200,"errorMessage":null`},
	} {
		srv.send(tc.method, tc.path, tc.body, bearer(tc.key))
		if got := newest(); !strings.Contains(got, tc.want) || tc.body == "" && !strings.Contains(got, `"metadata":null`) {
			t.Errorf("%s %s: got  %s\nwant %s", tc.method, tc.path, got, tc.want)
		}
	}
	before := newest()
	srv.send("DELETE", "/api/snapshots/"+id, "", bearer(demo.WriterKey))
	if got := newest(); got != before {
		t.Errorf("a request without the permission has an entry: %s", got)
	}
	if strings.Contains(before, demo.Key) || strings.Contains(before, demo.DeleterKey) {
		t.Error("the log has a key")
	}
}

func TestAuditIsBoundedAtTheStart(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 30, 3000} {
		srv := newTestServer(t, demo.Options{Size: size})
		if total := decode[auditPage](t, srv.get(auditPath)).Total; total == 0 || total > 1000 {
			t.Errorf("with %d snapshots the log has %d entries at the start", size, total)
		}
	}
}
