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

// testRequest is a request with its expected response. In path and message {name} is
// replaced by the id of the snapshot with that name.
type testRequest struct {
	name, method, path string
	headers            []string
	status             int
	message            string // of an error
}

func (srv *testServer) run(list []testRequest) {
	srv.Helper()
	for _, e := range list {
		path := e.path
		if from := strings.Index(path, "{"); from >= 0 {
			name := path[from+1 : strings.Index(path, "}")]
			path = strings.Replace(path, "{"+name+"}", srv.getByName(name).ID, 1)
			e.message = strings.ReplaceAll(e.message, "{"+name+"}", srv.getByName(name).ID)
		}
		a := srv.send(e.method, path, "", e.headers...)
		if a.status != e.status {
			srv.Errorf("%s: %s %s: %d, want %d: %s", e.name, e.method, path, a.status, e.status, a.body)
			continue
		}
		if e.message == "" {
			continue
		}
		f := decode[errorBody](srv, a)
		if f.Message != e.message || f.Path != path || f.StatusCode != e.status || f.Error != http.StatusText(e.status) {
			srv.Errorf("%s: %+v, want %q", e.name, f, e.message)
		}
		if got := strings.Join(propertyPaths(srv, a.body), " "); got != "path timestamp statusCode error message" {
			srv.Errorf("%s: properties %s", e.name, got)
		}
	}
}

func TestAuthentication(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	const list = "/api/snapshots?limit=1"
	const bad = "Invalid credentials"
	srv.run([]testRequest{
		{"no key", "GET", list, []string{noKey}, 401, bad},
		{"wrong key", "GET", list, []string{bearer("dtn_wrong")}, 401, bad},
		{"wrong JWT", "GET", list, []string{bearer("aaa.bbb.ccc")}, 401, bad},
		{"basic", "GET", list, []string{"Authorization: Basic YTpi"}, 401, bad},
		{"expired", "GET", list, []string{bearer(demo.ExpiredKey)}, 401, bad},
		{"key", "GET", list, nil, 200, ""},
		{"key, wrong organization", "GET", list, []string{wrongOrg}, 200, ""},
		{"read-only key", "GET", list, []string{bearer(demo.ReadOnlyKey)}, 200, ""},
		{"JWT without organization", "GET", list, []string{bearer(demo.JWT)}, 403, badContext},
		{"JWT, wrong organization", "GET", list, []string{bearer(demo.JWT), wrongOrg}, 403, badContext},
		{"JWT, unknown organization", "GET", list, []string{bearer(demo.JWT), "X-Daytona-Organization-Id: nope"}, 403, badContext},
		{"JWT", "GET", list, []string{bearer(demo.JWT), orgHeader}, 200, ""},
		{"health check key", "GET", list, []string{bearer(demo.HealthKey)}, 403, badContext},
		{"regions, JWT without organization", "GET", "/api/regions", []string{bearer(demo.JWT)}, 403, badContext},
		{"organizations, key", "GET", "/api/organizations", nil, 401, bad},
		{"organization, key", "GET", "/api/organizations/" + demo.OrganizationID, nil, 401, bad},
		{"usage, key", "GET", "/api/organizations/" + demo.OrganizationID + "/usage", nil, 401, bad},
		{"me, key", "GET", "/api/users/me", nil, 401, bad},
		{"keys, key", "GET", "/api/api-keys", nil, 401, bad},
		{"organizations, JWT", "GET", "/api/organizations", []string{bearer(demo.JWT)}, 200, ""},
		{"organization, JWT", "GET", "/api/organizations/" + demo.OrganizationID, []string{bearer(demo.JWT)}, 200, ""},
		{"usage, JWT", "GET", "/api/organizations/" + demo.OrganizationID + "/usage", []string{bearer(demo.JWT)}, 200, ""},
		{"me, JWT", "GET", "/api/users/me", []string{bearer(demo.JWT)}, 200, ""},
		{"keys, JWT", "GET", "/api/api-keys", []string{bearer(demo.JWT), orgHeader}, 200, ""},
		{"current key", "GET", "/api/api-keys/current", nil, 200, ""},
		{"current key, limited", "GET", "/api/api-keys/current", []string{bearer(demo.ReadOnlyKey)}, 200, ""},
		{"ready, key", "GET", "/api/health/ready", nil, 403, badContext},
		{"ready, health check key", "GET", "/api/health/ready", []string{bearer(demo.HealthKey)}, 200, ""},
		{"health", "GET", "/api/health", []string{noKey}, 200, ""},
		{"config", "GET", "/api/config", []string{noKey}, 200, ""},
		{"shared regions", "GET", "/api/shared-regions", []string{noKey}, 200, ""},
		{"unknown path", "GET", "/api/nope", nil, 404, "Cannot GET /api/nope"},
		{"unknown method", "PUT", "/api/snapshots?a=b", nil, 404, "Cannot PUT /api/snapshots?a=b"},
		{"without /api", "GET", "/snapshots?limit=100", nil, 500, "An unexpected error occurred."},
	})
}

func TestPermissions(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	const no = "Access denied"
	srv.run([]testRequest{
		{"read-only deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{bearer(demo.ReadOnlyKey)}, 403, no},
		{"read-only deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{bearer(demo.ReadOnlyKey)}, 403, no},
		{"read-only creates", "POST", "/api/snapshots", []string{bearer(demo.ReadOnlyKey)}, 403, no},
		{"writer deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{bearer(demo.WriterKey)}, 403, no},
		{"writer deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{bearer(demo.WriterKey)}, 204, ""},
		{"deleter creates", "POST", "/api/snapshots", []string{bearer(demo.DeleterKey)}, 403, no},
		{"deleter deactivates", "POST", "/api/snapshots/{chatbot-demo}/deactivate", []string{bearer(demo.DeleterKey)}, 403, no},
		{"deleter deletes", "DELETE", "/api/snapshots/{chatbot-demo}", []string{bearer(demo.DeleterKey)}, 200, ""},
	})
	if a := srv.send("POST", "/api/snapshots", `{"name":"w","imageName":"alpine:3.20"}`, bearer(demo.WriterKey)); a.status != 200 {
		t.Errorf("writer creates: %d", a.status)
	}
	if a := srv.send("POST", "/api/snapshots", `{"name":"j","imageName":"alpine:3.20"}`, bearer(demo.JWT), orgHeader); a.status != 200 {
		t.Errorf("JWT creates: %d", a.status)
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	notFound := func(name string) string { return "Snapshot with name " + name + " not found" }
	srv.run([]testRequest{
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
	head := srv.send("HEAD", "/api/snapshots/node-20-agents", "")
	get := srv.get("/api/snapshots/node-20-agents")
	if len(head.body) != 0 || head.header.Get("Etag") != get.header.Get("Etag") {
		t.Errorf("HEAD: %q %v", head.body, head.header)
	}
	own := srv.create(`{"name":"daytona-large","imageName":"alpine:3.20.1"}`)
	if got := srv.getByName("daytona-large"); got.ID != own.ID || got.General {
		t.Error("an own snapshot does not hide the general one of the same name")
	}
	named := srv.create(`{"name":"` + own.ID + `","imageName":"alpine:3.20.1"}`)
	if got := srv.getByName(own.ID); got.ID != own.ID || named.Name != own.ID {
		t.Error("a name that equals an id hides the snapshot with that id")
	}
}

func TestDelete(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	notFound := func(name string) string { return "Snapshot with name " + name + " not found" }
	srv.run([]testRequest{
		{"own general", "DELETE", "/api/snapshots/{acme/golden:1.4.0}", nil, 403, "You cannot delete a general snapshot"},
		{"foreign general", "DELETE", "/api/snapshots/{daytona-large}", nil, 404, "Snapshot with ID or name {daytona-large} not found"},
		{"unknown id", "DELETE", "/api/snapshots/" + unknownID, nil, 404, notFound(unknownID)},
		{"unknown name", "DELETE", "/api/snapshots/no-such-name", nil, 404, notFound("no-such-name")},
		{"name", "DELETE", "/api/snapshots/chatbot-demo", nil, 400, "Validation failed (uuid is expected)"},
		{"already removing", "DELETE", "/api/snapshots/{tmp-bench-4}", nil, 200, ""},
		{"own", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""},
	})
	row := srv.getByName("chatbot-demo")
	if row.State != "removing" || !row.UpdatedAt.Equal(startTime) {
		t.Errorf("%s, updated %v", row.State, row.UpdatedAt)
	}
	a := srv.send("POST", "/api/snapshots", `{"name":"chatbot-demo","imageName":"alpine:3.20"}`)
	if f := decode[errorBody](t, a); a.status != 409 || f.Message != `Snapshot with name "chatbot-demo" already exists for this organization` {
		t.Errorf("got %d %+v", a.status, f)
	}
	srv.Advance(4e9) // the first tick
	if srv.state(row.ID) != "deleted" {
		t.Error("not deleted after a tick")
	}
	if a := srv.send("DELETE", "/api/snapshots/"+row.ID, ""); a.status != 404 {
		t.Errorf("second delete: %d", a.status)
	}
	srv.create(`{"name":"chatbot-demo","imageName":"alpine:3.20"}`)
	if a := srv.send("DELETE", "/api/snapshots/"+srv.getByName("sleep-infinity").ID, "", "Content-Type: application/json"); a.status != 200 ||
		a.header.Get("Content-Type") != "" || a.header.Get("Etag") != "" || a.header.Get("Content-Length") != "0" {
		t.Errorf("got %d %v", a.status, a.header)
	}
}

func TestActivateAndDeactivate(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	const wait = "Snapshot deactivation is still in progress. Please try again in a few minutes."
	srv.run([]testRequest{
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
	srv.Advance(10*60*1e9 - 1e6)
	srv.run([]testRequest{{"1 ms too early", "POST", "/api/snapshots/{spring-petclinic}/activate", nil, 400, wait}})
	srv.Advance(1e6)
	a := srv.send("POST", "/api/snapshots/"+srv.getByName("spring-petclinic").ID+"/activate", "")
	if r := decode[row](t, a); a.status != 200 || r.State != "pending" || r.Ref == nil || r.Size == nil || r.InitialRunnerID == nil {
		t.Errorf("got %d %s", a.status, a.body)
	}
	srv.Advance(1e9)
	if got := srv.state("spring-petclinic"); got != "building" {
		t.Errorf("a snapshot with a Dockerfile is %s after its activation", got)
	}
	srv.Advance(2 * 60 * 1e9)
	if got := srv.getByName("spring-petclinic"); got.State != "active" || got.LastUsedAt.Before(startTime) {
		t.Errorf("%s, used %v", got.State, got.LastUsedAt)
	}
}

// Deactivating cancels a delete.
func TestDeactivateCancelsDelete(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	srv.run([]testRequest{
		{"delete", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""},
		{"deactivate", "POST", "/api/snapshots/{chatbot-demo}/deactivate", nil, 204, ""},
	})
	srv.Advance(60 * 1e9)
	if got := srv.state("chatbot-demo"); got != "inactive" {
		t.Error(got)
	}
	srv.run([]testRequest{{"delete", "DELETE", "/api/snapshots/{chatbot-demo}", nil, 200, ""}})
	srv.Advance(10 * 1e9)
	if got := srv.state("chatbot-demo"); got != "deleted" {
		t.Error(got)
	}
}

// Every response has the properties of the recorded one, in the same order.
func TestProperties(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{RateLimit: demo.Limit{Requests: 1000, Window: 60e9}})
	jwt := []string{bearer(demo.JWT), orgHeader}
	for name, c := range map[string]struct {
		path    string
		headers []string
	}{
		"regions":        {"/api/regions", nil},
		"organizations":  {"/api/organizations", jwt},
		"usage":          {"/api/organizations/" + demo.OrganizationID + "/usage", jwt},
		"me":             {"/api/users/me", jwt},
		"key":            {"/api/api-keys/current", nil},
		"config-limited": {"/api/config", nil},
		"health":         {"/api/health", nil},
		"push-access":    {"/api/docker-registry/registry-push-access", nil},
		"list":           {"/api/snapshots?name=daytona-&limit=1", nil},
	} {
		want := unique(propertyPaths(t, recordedBody(t, name)))
		a := srv.get(c.path, c.headers...)
		if got := unique(propertyPaths(t, a.body)); a.status != 200 || !slices.Equal(got, want) {
			t.Errorf("%s: %d\ngot  %v\nwant %v", c.path, a.status, got, want)
		}
		if got := a.header.Get("X-Daytona-Api-Version"); got != "0.190.0" {
			t.Errorf("%s: version %q", c.path, got)
		}
	}
}

// unique removes duplicates, so that a list of objects counts once.
func unique(keys []string) []string {
	var result []string
	for _, k := range keys {
		if !slices.Contains(result, k) {
			result = append(result, k)
		}
	}
	return result
}
