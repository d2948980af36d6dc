package demo_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// begin is a time between two ticks: the first tick of the world comes 4 seconds later.
var begin = time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)

// clock is a clock that a test steps by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is a demo server under test, over real HTTP.
type world struct {
	testing.TB
	*clock
	url string
}

func newWorld(t testing.TB, o demo.Options) *world {
	t.Helper()
	c := &clock{now: begin}
	if o.Now == nil {
		o.Now = c.Now
	}
	s := httptest.NewServer(demo.New(o))
	t.Cleanup(s.Close)
	return &world{TB: t, clock: c, url: s.URL}
}

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send sends a request with the full key; headers are "Name: value", and one that names Authorization replaces
// the key.
func (w *world) send(method, path, body string, headers ...string) answer {
	w.Helper()
	r, err := http.NewRequestWithContext(w.Context(), method, w.url+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demo.Key)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		w.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, got}
}

func (w *world) get(path string, headers ...string) answer {
	w.Helper()
	return w.send(http.MethodGet, path, "", headers...)
}

func as(key string) string { return "Authorization: Bearer " + key }

// row is a snapshot as a client reads it.
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

func decode[T any](t testing.TB, a answer) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(a.body, &v); err != nil {
		t.Fatalf("%v in %d %q", err, a.status, a.body)
	}
	return v
}

// named is the snapshot of that name as it is now.
func (w *world) named(name string) row {
	w.Helper()
	a := w.get("/api/snapshots/" + strings.NewReplacer("/", "%2F", ":", "%3A").Replace(name))
	if a.status != http.StatusOK {
		w.Fatalf("%s: %d %s", name, a.status, a.body)
	}
	return decode[row](w, a)
}

// state is the state of a snapshot, or "gone".
func (w *world) state(idOrName string) string {
	w.Helper()
	a := w.get("/api/snapshots/" + idOrName)
	if a.status == http.StatusNotFound {
		return "gone"
	}
	return decode[row](w, a).State
}

// create creates a snapshot and gives its first answer.
func (w *world) create(body string) row {
	w.Helper()
	a := w.send(http.MethodPost, "/api/snapshots", body)
	if a.status != http.StatusOK {
		w.Fatalf("create: %d %s", a.status, a.body)
	}
	return decode[row](w, a)
}

// all is the whole list.
func (w *world) all() []row {
	w.Helper()
	page := decode[struct{ Items []row }](w, w.get("/api/snapshots?limit=200&sort=name&order=asc"))
	return page.Items
}

// keysOf are the properties of a JSON value in their order, "a", "a.b" and "a[].b".
func keysOf(t testing.TB, raw []byte) []string {
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

// recordedBody is a body of the real server.
func recordedBody(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "recorded", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := bytes.Cut(raw, []byte("\n"))
	return body
}
