package demo_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

// startTime is when the clocks of tests start.
var startTime = demotest.Start()

// testServer is a demo server over real HTTP.
type testServer struct {
	testing.TB
	*demotest.Clock
	url string
}

func newTestServer(t testing.TB, o demo.Options) *testServer {
	t.Helper()
	c := demotest.NewClock()
	if o.Now == nil {
		o.Now = c.Now
	}
	return &testServer{TB: t, Clock: c, url: strings.TrimSuffix(demotest.Serve(t, demo.New(o)), "/api")}
}

// response is a response with its body.
type response struct {
	status int
	header http.Header
	body   []byte
}

// send is [demotest.Send] to the server.
func (srv *testServer) send(method, path, body string, headers ...string) response {
	srv.Helper()
	status, header, got := demotest.Send(srv, method, srv.url+path, body, headers...)
	return response{status, header, got}
}

func (srv *testServer) get(path string, headers ...string) response {
	srv.Helper()
	return srv.send(http.MethodGet, path, "", headers...)
}

func bearer(key string) string { return "Authorization: Bearer " + key }

// row is a decoded snapshot.
type row struct {
	ID, Name, State, ImageName       string
	OrganizationID                   *string
	General                          bool
	Size                             *float64
	Entrypoint                       []string
	ErrorReason, Ref, GPUType        *string
	InitialRunnerID, SourceSandboxID *string
	CreatedAt, UpdatedAt             time.Time
	LastUsedAt                       *time.Time
	RegionIDs                        []string
	SandboxClass                     string
	CPU, GPU, Mem, Disk              int
	BuildInfo                        *struct {
		DockerfileContent    string
		ContextHashes        []string
		CreatedAt, UpdatedAt time.Time
		SnapshotRef          string
	}
}

func decode[T any](t testing.TB, a response) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%v in %d %q", err, a.status, a.body)
	}
	return v
}

// getByName returns a snapshot by its name.
func (srv *testServer) getByName(name string) row {
	srv.Helper()
	a := srv.get("/api/snapshots/" + strings.NewReplacer("/", "%2F", ":", "%3A").Replace(name))
	if a.status != http.StatusOK {
		srv.Fatalf("%s: %d %s", name, a.status, a.body)
	}
	return decode[row](srv, a)
}

// state returns the state of a snapshot, or "deleted".
func (srv *testServer) state(idOrName string) string {
	srv.Helper()
	a := srv.get("/api/snapshots/" + idOrName)
	if a.status == http.StatusNotFound {
		return "deleted"
	}
	return decode[row](srv, a).State
}

// create creates a snapshot and returns it in its first state.
func (srv *testServer) create(body string) row {
	srv.Helper()
	a := srv.send(http.MethodPost, "/api/snapshots", body)
	if a.status != http.StatusOK {
		srv.Fatalf("create: %d %s", a.status, a.body)
	}
	return decode[row](srv, a)
}

// list returns all snapshots.
func (srv *testServer) list() []row {
	srv.Helper()
	page := decode[struct{ Items []row }](srv, srv.get("/api/snapshots?limit=200&sort=name&order=asc"))
	return page.Items
}

// propertyPaths returns the properties of a JSON value in their order: "a", "a.b" and
// "a[].b".
func propertyPaths(t testing.TB, raw []byte) []string {
	t.Helper()
	var keys []string
	d := json.NewDecoder(bytes.NewReader(raw))
	var walk func(path string)
	walk = func(path string) {
		token, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			for d.More() {
				key, err := d.Token()
				if err != nil {
					t.Fatal(err)
				}
				name := strings.TrimPrefix(path+"."+key.(string), ".")
				keys = append(keys, name)
				walk(name)
			}
		case json.Delim('['):
			for d.More() {
				walk(path + "[]")
			}
		default:
			return
		}
		if _, err := d.Token(); err != nil {
			t.Fatal(err)
		}
	}
	walk("")
	return keys
}

// recordedBody returns a recorded body of the real server.
func recordedBody(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "recorded", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := bytes.Cut(raw, []byte("\n"))
	return body
}
