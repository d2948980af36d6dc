package demo_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

const (
	noKey      = "Authorization: "
	unknownID  = "99999999-9999-4999-8999-999999999999"
	orgHeader  = "X-Daytona-Organization-Id: " + demo.OrganizationID
	wrongOrg   = "X-Daytona-Organization-Id: 11111111-1111-4111-8111-111111111111"
	badContext = "Invalid authentication context"
)

// expectation is a request and what it must get. In a path {name} stands for the id of the snapshot of that name.
type expectation struct {
	what, method, path string
	headers            []string
	status             int
	message            string // of a refusal
}

func (w *world) expect(list []expectation) {
	w.Helper()
	for _, e := range list {
		path := e.path
		if from := strings.Index(path, "{"); from >= 0 {
			name := path[from+1 : strings.Index(path, "}")]
			path = strings.Replace(path, "{"+name+"}", w.named(name).ID, 1)
			e.message = strings.ReplaceAll(e.message, "{"+name+"}", w.named(name).ID)
		}
		a := w.send(e.method, path, "", e.headers...)
		if a.status != e.status {
			w.Errorf("%s: %s %s: %d, want %d: %s", e.what, e.method, path, a.status, e.status, a.body)
			continue
		}
		if e.message == "" {
			continue
		}
		f := decode[fault](w, a)
		if f.Message != e.message || f.Path != path || f.StatusCode != e.status || f.Error != http.StatusText(e.status) {
			w.Errorf("%s: %+v, want %q", e.what, f, e.message)
		}
		if got := strings.Join(keysOf(w, a.body), " "); got != "path timestamp statusCode error message" {
			w.Errorf("%s: properties %s", e.what, got)
		}
	}
}

func TestAuthentication(t *testing.T) {
	w := newWorld(t, demo.Options{})
	const list = "/api/snapshots?limit=1"
	const bad = "Invalid credentials"
	w.expect([]expectation{
		{"no key", "GET", list, []string{noKey}, 401, bad},
		{"wrong key", "GET", list, []string{as("dtn_wrong")}, 401, bad},
		{"wrong login", "GET", list, []string{as("aaa.bbb.ccc")}, 401, bad},
		{"basic", "GET", list, []string{"Authorization: Basic YTpi"}, 401, bad},
		{"expired", "GET", list, []string{as(demo.ExpiredKey)}, 401, bad},
		{"key", "GET", list, nil, 200, ""},
		{"key, wrong organization", "GET", list, []string{wrongOrg}, 200, ""},
		{"read-only key", "GET", list, []string{as(demo.ReadOnlyKey)}, 200, ""},
		{"login without organization", "GET", list, []string{as(demo.JWT)}, 403, badContext},
		{"login, wrong organization", "GET", list, []string{as(demo.JWT), wrongOrg}, 403, badContext},
		{"login, no organization's id", "GET", list, []string{as(demo.JWT), "X-Daytona-Organization-Id: nope"}, 403, badContext},
		{"login", "GET", list, []string{as(demo.JWT), orgHeader}, 200, ""},
		{"monitor", "GET", list, []string{as(demo.HealthKey)}, 403, badContext},
		{"regions, login without organization", "GET", "/api/regions", []string{as(demo.JWT)}, 403, badContext},
		{"organizations, key", "GET", "/api/organizations", nil, 401, bad},
		{"organization, key", "GET", "/api/organizations/" + demo.OrganizationID, nil, 401, bad},
		{"usage, key", "GET", "/api/organizations/" + demo.OrganizationID + "/usage", nil, 401, bad},
		{"me, key", "GET", "/api/users/me", nil, 401, bad},
		{"keys, key", "GET", "/api/api-keys", nil, 401, bad},
		{"organizations, login", "GET", "/api/organizations", []string{as(demo.JWT)}, 200, ""},
		{"organization, login", "GET", "/api/organizations/" + demo.OrganizationID, []string{as(demo.JWT)}, 200, ""},
		{"usage, login", "GET", "/api/organizations/" + demo.OrganizationID + "/usage", []string{as(demo.JWT)}, 200, ""},
		{"me, login", "GET", "/api/users/me", []string{as(demo.JWT)}, 200, ""},
		{"keys, login", "GET", "/api/api-keys", []string{as(demo.JWT), orgHeader}, 200, ""},
		{"current key", "GET", "/api/api-keys/current", nil, 200, ""},
		{"current key, limited", "GET", "/api/api-keys/current", []string{as(demo.ReadOnlyKey)}, 200, ""},
		{"ready, key", "GET", "/api/health/ready", nil, 403, badContext},
		{"ready, monitor", "GET", "/api/health/ready", []string{as(demo.HealthKey)}, 200, ""},
		{"health", "GET", "/api/health", []string{noKey}, 200, ""},
		{"config", "GET", "/api/config", []string{noKey}, 200, ""},
		{"shared regions", "GET", "/api/shared-regions", []string{noKey}, 200, ""},
		{"unknown path", "GET", "/api/nope", nil, 404, "Cannot GET /api/nope"},
		{"unknown method", "PUT", "/api/snapshots?a=b", nil, 404, "Cannot PUT /api/snapshots?a=b"},
		{"without /api", "GET", "/snapshots?limit=100", nil, 500, "An unexpected error occurred."},
	})
}

func TestPermissions(t *testing.T) {
	w := newWorld(t, demo.Options{})
	const no = "Access denied"
	w.expect([]expectation{
		{"read-only deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{as(demo.ReadOnlyKey)}, 403, no},
		{"read-only deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{as(demo.ReadOnlyKey)}, 403, no},
		{"read-only creates", "POST", "/api/snapshots", []string{as(demo.ReadOnlyKey)}, 403, no},
		{"writer deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{as(demo.WriterKey)}, 403, no},
		{"writer deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{as(demo.WriterKey)}, 204, ""},
		{"deleter creates", "POST", "/api/snapshots", []string{as(demo.DeleterKey)}, 403, no},
		{"deleter deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{as(demo.DeleterKey)}, 403, no},
		{"deleter deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{as(demo.DeleterKey)}, 200, ""},
	})
	if a := w.send("POST", "/api/snapshots", `{"name":"w","imageName":"alpine:3.20"}`, as(demo.WriterKey)); a.status != 200 {
		t.Errorf("writer creates: %d", a.status)
	}
	if a := w.send("POST", "/api/snapshots", `{"name":"j","imageName":"alpine:3.20"}`, as(demo.JWT), orgHeader); a.status != 200 {
		t.Errorf("login creates: %d", a.status)
	}
}

func TestGet(t *testing.T) {
	w := newWorld(t, demo.Options{})
	notFound := func(name string) string { return "Snapshot with name " + name + " not found" }
	w.expect([]expectation{
		{"by id", "GET", "/api/snapshots/{node-20-agents}", nil, 200, ""},
		{"by name", "GET", "/api/snapshots/node-20-agents", nil, 200, ""},
		{"by name, trailing slash", "GET", "/api/snapshots/node-20-agents/", nil, 200, ""},
		{"general by name", "GET", "/api/snapshots/daytona-large", nil, 200, ""},
		{"general by id", "GET", "/api/snapshots/{daytona-large}", nil, 200, ""},
		{"hidden general", "GET", "/api/snapshots/hidden-general", nil, 200, ""},
		{"escaped", "GET", "/api/snapshots/team%2Fagents%3A1.2.3", nil, 200, ""},
		{"not escaped", "GET", "/api/snapshots/team/agents:1.2.3", nil, 404, "Cannot GET /api/snapshots/team/agents:1.2.3"},
		{"unknown id", "GET", "/api/snapshots/" + unknownID, nil, 404, notFound(unknownID)},
		{"unknown name", "GET", "/api/snapshots/no-such-snapshot", nil, 404, notFound("no-such-snapshot")},
		{"another organization's", "GET", "/api/snapshots/globex-secret", nil, 404, notFound("globex-secret")},
		{"HEAD", "HEAD", "/api/snapshots/node-20-agents", nil, 200, ""},
	})
	head := w.send("HEAD", "/api/snapshots/node-20-agents", "")
	get := w.get("/api/snapshots/node-20-agents")
	if len(head.body) != 0 || head.header.Get("Etag") != get.header.Get("Etag") {
		t.Errorf("HEAD: %q %v", head.body, head.header)
	}
	own := w.create(`{"name":"daytona-large","imageName":"alpine:3.20.1"}`)
	if got := w.named("daytona-large"); got.ID != own.ID || got.General {
		t.Error("an own snapshot does not shadow the general one")
	}
	named := w.create(`{"name":"` + own.ID + `","imageName":"alpine:3.20.1"}`)
	if got := w.named(own.ID); got.ID != own.ID || named.Name != own.ID {
		t.Error("a name that is an id hides the snapshot of that id")
	}
}

func TestDelete(t *testing.T) {
	w := newWorld(t, demo.Options{})
	notFound := func(name string) string { return "Snapshot with name " + name + " not found" }
	w.expect([]expectation{
		{"own general", "DELETE", "/api/snapshots/{acme/golden:1.4.0}", nil, 403, "You cannot delete a general snapshot"},
		{"foreign general", "DELETE", "/api/snapshots/{daytona-large}", nil, 404, "Snapshot with ID or name {daytona-large} not found"},
		{"unknown id", "DELETE", "/api/snapshots/" + unknownID, nil, 404, notFound(unknownID)},
		{"unknown name", "DELETE", "/api/snapshots/no-such-name", nil, 404, notFound("no-such-name")},
		{"name", "DELETE", "/api/snapshots/chatbot-demo", nil, 400, "Validation failed (uuid is expected)"},
		{"already removing", "DELETE", "/api/snapshots/{tmp-bench-4}", nil, 200, ""},
		{"own", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""},
	})
	row := w.named("chatbot-demo")
	if row.State != "removing" || !row.UpdatedAt.Equal(begin) {
		t.Errorf("%s, updated %v", row.State, row.UpdatedAt)
	}
	a := w.send("POST", "/api/snapshots", `{"name":"chatbot-demo","imageName":"alpine:3.20"}`)
	if f := decode[fault](t, a); a.status != 409 || f.Message != `Snapshot with name "chatbot-demo" already exists for this organization` {
		t.Errorf("%d %+v", a.status, f)
	}
	w.step(4e9) // the first tick
	if w.state(row.ID) != "gone" {
		t.Error("still there after a tick")
	}
	if a := w.send("DELETE", "/api/snapshots/"+row.ID, ""); a.status != 404 {
		t.Errorf("deleted again: %d", a.status)
	}
	w.create(`{"name":"chatbot-demo","imageName":"alpine:3.20"}`)
	if a := w.send("DELETE", "/api/snapshots/"+w.named("sleep-infinity").ID, "", "Content-Type: application/json"); a.status != 200 ||
		a.header.Get("Content-Type") != "" || a.header.Get("Etag") != "" || a.header.Get("Content-Length") != "0" {
		t.Errorf("%d %v", a.status, a.header)
	}
}

func TestActivateAndDeactivate(t *testing.T) {
	w := newWorld(t, demo.Options{})
	const wait = "Snapshot deactivation is still in progress. Please try again in a few minutes."
	w.expect([]expectation{
		{"active", "POST", "/api/snapshots/{spring-petclinic}/activate", nil, 400, "Snapshot {spring-petclinic} is already active"},
		{"failed", "POST", "/api/snapshots/{node-playwright}/activate", nil, 400, "Snapshot {node-playwright} cannot be activated - it is in error state"},
		{"removing", "POST", "/api/snapshots/{tmp-bench-2}/activate", nil, 400, "Snapshot {tmp-bench-2} cannot be activated - it is in removing state"},
		{"by name", "POST", "/api/snapshots/jupyter-old/activate", nil, 400, "Validation failed (uuid is expected)"},
		{"unknown", "POST", "/api/snapshots/" + unknownID + "/activate", nil, 404, "Snapshot with name " + unknownID + " not found"},
		{"foreign general", "POST", "/api/snapshots/{daytona-large}/deactivate", nil, 404, "Snapshot with ID or name {daytona-large} not found"},
		{"own general", "POST", "/api/snapshots/{acme/golden:1.4.0}/deactivate", nil, 204, ""},
		{"deactivate", "POST", "/api/snapshots/{spring-petclinic}/deactivate", nil, 204, ""},
		{"again", "POST", "/api/snapshots/{spring-petclinic}/deactivate", nil, 204, ""},
		{"too early", "POST", "/api/snapshots/{spring-petclinic}/activate", nil, 400, wait},
		{"pending", "POST", "/api/snapshots/{jax-nightly}/deactivate", nil, 204, ""},
		{"failed", "POST", "/api/snapshots/{node-playwright}/deactivate", nil, 204, ""},
	})
	w.step(10*60*1e9 - 1e6)
	w.expect([]expectation{{"too early by a hair", "POST", "/api/snapshots/{spring-petclinic}/activate", nil, 400, wait}})
	w.step(1e6)
	a := w.send("POST", "/api/snapshots/"+w.named("spring-petclinic").ID+"/activate", "")
	if r := decode[row](t, a); a.status != 200 || r.State != "pending" || r.Ref == nil || r.Size == nil || r.InitialRunnerID == nil {
		t.Errorf("%d %s", a.status, a.body)
	}
	w.step(1e9)
	if got := w.state("spring-petclinic"); got != "building" {
		t.Errorf("a Dockerfile snapshot is %s after its activation", got)
	}
	w.step(2 * 60 * 1e9)
	if got := w.named("spring-petclinic"); got.State != "active" || got.LastUsedAt.Before(begin) {
		t.Errorf("%s, used %v", got.State, got.LastUsedAt)
	}
}

// A deactivate cancels a delete that is under way.
func TestDeactivateCancelsDelete(t *testing.T) {
	w := newWorld(t, demo.Options{})
	w.expect([]expectation{
		{"delete", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""},
		{"deactivate", "POST", "/api/snapshots/{chatbot-demo}/deactivate", nil, 204, ""},
	})
	w.step(60 * 1e9)
	if got := w.state("chatbot-demo"); got != "inactive" {
		t.Error(got)
	}
	w.expect([]expectation{{"delete", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""}})
	w.step(10 * 1e9)
	if got := w.state("chatbot-demo"); got != "gone" {
		t.Error(got)
	}
}

// Every answer has the properties of the recorded one, in its order.
func TestShapes(t *testing.T) {
	w := newWorld(t, demo.Options{RateLimit: demo.Limit{Requests: 1000, Window: 60e9}})
	login := []string{as(demo.JWT), orgHeader}
	for name, c := range map[string]struct {
		path    string
		headers []string
	}{
		"regions":        {"/api/regions", nil},
		"organizations":  {"/api/organizations", login},
		"usage":          {"/api/organizations/" + demo.OrganizationID + "/usage", login},
		"me":             {"/api/users/me", login},
		"key":            {"/api/api-keys/current", nil},
		"config-limited": {"/api/config", nil},
		"health":         {"/api/health", nil},
		"push-access":    {"/api/docker-registry/registry-push-access", nil},
		"list":           {"/api/snapshots?name=daytona-&limit=1", nil},
	} {
		want := firsts(keysOf(t, recordedBody(t, name)))
		a := w.get(c.path, c.headers...)
		if got := firsts(keysOf(t, a.body)); a.status != 200 || !slices.Equal(got, want) {
			t.Errorf("%s: %d\ngot  %v\nwant %v", c.path, a.status, got, want)
		}
		if got := a.header.Get("X-Daytona-Api-Version"); got != "0.190.0" {
			t.Errorf("%s: version %q", c.path, got)
		}
	}
}

// firsts keeps the first of each property, so that a list counts once.
func firsts(keys []string) []string {
	var kept []string
	for _, k := range keys {
		if !slices.Contains(kept, k) {
			kept = append(kept, k)
		}
	}
	return kept
}

func TestRegions(t *testing.T) {
	w := newWorld(t, demo.Options{})
	type region struct{ ID, Name, RegionType string }
	want := []region{{"acme-dc1_x1Y2", "acme-dc1", "custom"}, {"us", "us", "shared"}, {"eu", "eu", "shared"}, {"ap", "ap", "shared"}}
	if got := decode[[]region](t, w.get("/api/regions")); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	shared := []region{{"ap", "ap", "shared"}, {"eu", "eu", "shared"}, {"sa", "sa", "shared"}, {"us", "us", "shared"}}
	if got := decode[[]region](t, w.get("/api/shared-regions", noKey)); !slices.Equal(got, shared) {
		t.Errorf("%+v", got)
	}
	w.expect([]expectation{
		{"own", "GET", "/api/regions/acme-dc1_x1Y2", nil, 200, ""},
		{"shared", "GET", "/api/regions/us", nil, 404, "Region not found"},
		{"foreign", "GET", "/api/regions/globex-dc_zZ9Z", nil, 404, "Region not found"},
		{"unknown", "GET", "/api/regions/nope", nil, 404, "Region not found"},
	})
}

func TestKeys(t *testing.T) {
	w := newWorld(t, demo.Options{})
	type key struct {
		Name, Value, UserID   string
		Permissions           []string
		LastUsedAt, ExpiresAt *string
	}
	full := decode[key](t, w.get("/api/api-keys/current"))
	if full.Value != "dtn********************d63" || len(full.Permissions) != 15 || full.LastUsedAt != nil {
		t.Errorf("%+v", full)
	}
	limited := decode[key](t, w.get("/api/api-keys/current", as(demo.ReadOnlyKey)))
	if limited.Permissions == nil || len(limited.Permissions) != 0 || limited.ExpiresAt != nil {
		t.Errorf("%+v", limited)
	}
	all := w.get("/api/api-keys", as(demo.JWT), orgHeader)
	for _, secret := range []string{demo.Key, demo.ReadOnlyKey, demo.WriterKey, demo.DeleterKey, demo.ExpiredKey} {
		if strings.Contains(string(all.body), secret) {
			t.Error("a key is shown")
		}
	}
	if got := decode[[]key](t, all); len(got) != 5 || got[0].LastUsedAt == nil || got[4].LastUsedAt != nil {
		t.Errorf("%+v", got)
	}
}

func TestOutside(t *testing.T) {
	w := newWorld(t, demo.Options{})
	if a := w.get("/dashboard/snapshots?snapshotId=x"); a.status != 200 || !strings.Contains(a.header.Get("Content-Type"), "text/html") {
		t.Errorf("dashboard: %d", a.status)
	}
	if a := w.get("/"); a.status != 302 || a.header.Get("Location") != "/dashboard/" {
		t.Errorf("root: %d %v", a.status, a.header)
	}
	hosted := newWorld(t, demo.Options{Dashboard: true})
	if a := hosted.get("/snapshots?limit=1"); a.status != 200 || !strings.HasPrefix(string(a.body), "<!doctype html>") {
		t.Errorf("hosted: %d %s", a.status, a.body)
	}
	if a := w.send("OPTIONS", "/api/snapshots", "", "Origin: https://a.example", "Access-Control-Request-Method: DELETE"); a.status != 204 ||
		a.header.Get("Access-Control-Allow-Origin") != "https://a.example" || !strings.Contains(a.header.Get("Access-Control-Allow-Methods"), "DELETE") {
		t.Errorf("preflight: %d %v", a.status, a.header)
	}
}

func TestSuspendedOrganization(t *testing.T) {
	w := newWorld(t, demo.Options{Suspended: "Payment failed"})
	const suspended = "Organization is suspended: Payment failed"
	w.expect([]expectation{
		{"list", "GET", "/api/snapshots", nil, 200, ""},
		{"activate", "POST", "/api/snapshots/{jupyter-old}/activate", nil, 403, suspended},
		{"delete", "DELETE", "/api/snapshots/{jupyter-old}", nil, 200, ""},
	})
	if f := decode[fault](t, w.send("POST", "/api/snapshots", `{"name":"a","imageName":"alpine:3.20"}`)); f.Message != suspended || f.StatusCode != http.StatusForbidden {
		t.Errorf("%+v", f)
	}
}
