package demo_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

func TestRegions(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	type region struct{ ID, Name, RegionType string }
	want := []region{{"acme-dc1_x1Y2", "acme-dc1", "custom"}, {"us", "us", "shared"}, {"eu", "eu", "shared"}, {"ap", "ap", "shared"}}
	if got := decode[[]region](t, srv.get("/api/regions")); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	shared := []region{{"ap", "ap", "shared"}, {"eu", "eu", "shared"}, {"sa", "sa", "shared"}, {"us", "us", "shared"}}
	if got := decode[[]region](t, srv.get("/api/shared-regions", noKey)); !slices.Equal(got, shared) {
		t.Errorf("got %+v", got)
	}
	srv.run([]testRequest{
		{"own", "GET", "/api/regions/acme-dc1_x1Y2", nil, 200, ""},
		{"shared", "GET", "/api/regions/us", nil, 404, "Region not found"},
		{"foreign", "GET", "/api/regions/globex-dc_zZ9Z", nil, 404, "Region not found"},
		{"unknown", "GET", "/api/regions/nope", nil, 404, "Region not found"},
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	type key struct {
		Name, Value, UserID   string
		Permissions           []string
		LastUsedAt, ExpiresAt *string
	}
	full := decode[key](t, srv.get("/api/api-keys/current"))
	if full.Value != "dtn********************d63" || len(full.Permissions) != 15 || full.LastUsedAt != nil {
		t.Errorf("got %+v", full)
	}
	limited := decode[key](t, srv.get("/api/api-keys/current", bearer(demo.ReadOnlyKey)))
	if limited.Permissions == nil || len(limited.Permissions) != 0 || limited.ExpiresAt != nil {
		t.Errorf("got %+v", limited)
	}
	all := srv.get("/api/api-keys", bearer(demo.JWT), orgHeader)
	for _, secret := range []string{demo.Key, demo.ReadOnlyKey, demo.WriterKey, demo.DeleterKey, demo.ExpiredKey} {
		if strings.Contains(string(all.body), secret) {
			t.Error("the response contains a key")
		}
	}
	if got := decode[[]key](t, all); len(got) != 5 || got[0].LastUsedAt == nil || got[4].LastUsedAt != nil {
		t.Errorf("got %+v", got)
	}
}

func TestPathsOutsideAPI(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	if a := srv.get("/dashboard/snapshots?snapshotId=x"); a.status != 200 || !strings.Contains(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("dashboard: %d", a.status)
	}
	if a := srv.get("/"); a.status != 302 || a.header.Get("Location") != "/dashboard/" {
		t.Errorf("root: %d %v", a.status, a.header)
	}
	hosted := newTestServer(t, demo.Options{Dashboard: true})
	if a := hosted.get("/snapshots?limit=1"); a.status != 200 || !strings.HasPrefix(string(a.body), "<!doctype html>") {
		t.Errorf("hosted: %d %s", a.status, a.body)
	}
	if a := srv.send("OPTIONS", "/api/snapshots", "", "Origin: https://a.example", "Access-Control-Request-Method: DELETE"); a.status != 204 ||
		a.header.Get("Access-Control-Allow-Origin") != "https://a.example" || !strings.Contains(a.header.Get("Access-Control-Allow-Methods"), "DELETE") {
		t.Errorf("preflight: %d %v", a.status, a.header)
	}
}

func TestSuspendedOrganization(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{Suspended: "Payment failed"})
	const suspended = "Organization is suspended: Payment failed"
	srv.run([]testRequest{
		{"list", "GET", "/api/snapshots", nil, 200, ""},
		{"activate", "POST", "/api/snapshots/{jupyter-old}/activate", nil, 403, suspended},
		{"delete", "DELETE", "/api/snapshots/{jupyter-old}", nil, 200, ""},
	})
	if f := decode[errorBody](t, srv.send("POST", "/api/snapshots", `{"name":"a","imageName":"alpine:3.20"}`)); f.Message != suspended || f.StatusCode != http.StatusForbidden {
		t.Errorf("got %+v", f)
	}
}
