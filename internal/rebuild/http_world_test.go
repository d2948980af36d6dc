package rebuild_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// httpWorld is the real client against the demo API over HTTP. Hooks in the transport
// and the listener can make it fail.
type httpWorld struct {
	t       *testing.T
	clock   *clock
	disk    *durabletest.Disk
	dir     string
	client  *client.Client // the workflow's, which may fail
	plain   *client.Client // the test's own
	journal *rebuild.Journal
	url     string
	old     *model.Snapshot

	requests atomic.Int32 // of the workflow
	mu       sync.Mutex
	trip     tripHook
	wire     wireHook
}

// The hooks get the number of the workflow's request, from 1.
type (
	tripHook = func(n int, r *http.Request, next http.RoundTripper) (*http.Response, error)
	wireHook = func(n int, c net.Conn) net.Conn
)

// hook sets both hooks; nil does nothing.
func (s *httpWorld) hook(trip tripHook, wire wireHook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trip, s.wire = trip, wire
}

func (s *httpWorld) hooks() (tripHook, wireHook) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trip, s.wire
}

func newHTTPWorld(t *testing.T) *httpWorld {
	t.Helper()
	s := &httpWorld{t: t, clock: newClock(), disk: new(durabletest.Disk), dir: tempDir(t)}
	server := httptest.NewUnstartedServer(demo.New(demo.Options{Seed: 1, Size: 12, Now: s.clock.Now}))
	server.Listener = listener{server.Listener, s}
	server.Config.SetKeepAlivesEnabled(false) // so that a connection is a request
	server.Start()
	t.Cleanup(server.Close)
	s.url = server.URL + "/api"

	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(transport.CloseIdleConnections)
	s.client = s.connect(200*time.Millisecond, roundTripper(func(r *http.Request) (*http.Response, error) {
		return s.roundTrip(r, transport)
	}))
	s.plain = s.connect(time.Minute, transport)

	dir, err := durable.OpenOn(s.disk, s.dir)
	if err != nil {
		t.Fatal(err)
	}
	s.journal = rebuild.NewJournal(dir)

	two, four := 2, 4
	made, err := s.plain.Create(t.Context(), model.Recipe{
		Name: "team/agents:1", CPU: &two, Memory: &four, Disk: &four, RegionID: "eu",
		BuildInfo: &model.RecipeBuild{DockerfileContent: dockerfile + "ENTRYPOINT [\"tini\"]\n"},
	})
	for err == nil && made.State != model.StateActive {
		_ = s.clock.Sleep(t.Context(), 10*time.Second)
		made, err = s.plain.Get(t.Context(), made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.old = made
	return s
}

func (s *httpWorld) connect(timeout time.Duration, transport http.RoundTripper) *client.Client {
	s.t.Helper()
	return demotest.Connect(s.t, s.url, demo.Key, func(o *client.Options) {
		o.Timeout, o.Transport, o.Now, o.Sleep = timeout, transport, s.clock.Now, s.clock.Sleep
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// roundTrip counts requests, checks the journal before every DELETE, and calls the
// hook.
func (s *httpWorld) roundTrip(r *http.Request, next http.RoundTripper) (*http.Response, error) {
	n := int(s.requests.Add(1))
	if r.Method == http.MethodDelete {
		for _, how := range durabletest.Crashes() {
			if len(s.disk.FilesAfter(s.dir, how)) == 0 {
				s.t.Errorf("%s %s without an entry that survives a %s", r.Method, r.URL.Path, how)
			}
		}
	}
	if trip, _ := s.hooks(); trip != nil {
		return trip(n, r, next)
	}
	return next.RoundTrip(r)
}

type listener struct {
	net.Listener
	site *httpWorld
}

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if _, wire := l.site.hooks(); err == nil && wire != nil {
		c = wire(int(l.site.requests.Load()), c)
	}
	return c, err
}

func (s *httpWorld) workflow() *rebuild.Workflow {
	return rebuild.New(rebuild.Options{
		API: s.client, Journal: s.journal,
		Target:      rebuild.Target{APIURL: s.url, OrganizationID: demo.OrganizationID},
		ServerCheck: rebuild.NewServerCheck(),
		Now:         s.clock.Now, Sleep: s.clock.Sleep,
	})
}

// rebuild runs a rebuild, ends the faults, resumes if needed, and checks the result.
func (s *httpWorld) rebuild(mode model.RebuildMode) string {
	s.t.Helper()
	p := rebuild.Preflight(model.RebuildRequest{Snapshot: s.old, Mode: mode, Now: s.clock.Now(), ServerCheck: true})
	result, err := s.workflow().Run(s.t.Context(), p, nil)
	outcome := string(result.Outcome)
	if done := result.Outcome == model.OutcomeRebuilt && result.Entry == ""; done != (err == nil) {
		s.t.Errorf("%+v with %v", result, err)
	}
	s.hook(nil, nil)
	_ = s.clock.Sleep(s.t.Context(), 2*time.Minute) // longer than the retry-after of a 429
	if result.Entry != "" {
		result, err = s.workflow().Resume(s.t.Context(), result.Entry, nil)
		outcome += ", then " + string(result.Outcome)
		if err != nil {
			s.t.Errorf("resume: %+v, %v", result, err)
		}
	}
	s.wantWhole(result.Accepted())
	return outcome
}

func (s *httpWorld) wantWhole(isNew bool) {
	s.t.Helper()
	if left := s.disk.FilesAfter(s.dir, durabletest.Killed); len(left) > 0 {
		s.t.Errorf("%d files are left on the disk", len(left))
	}
	listing, err := s.plain.List(s.t.Context(), func(model.ListProgress) {})
	if err != nil {
		s.t.Error(err)
		return
	}
	var found []*model.Snapshot
	for _, one := range listing.Snapshots {
		if strings.HasPrefix(one.Name, s.old.Name) {
			found = append(found, one)
		}
	}
	if len(found) != 1 || found[0].Name != s.old.Name || (found[0].ID != s.old.ID) != isNew {
		s.t.Errorf("the server has %d of the name: %+v", len(found), found)
		return
	}
	was, _ := s.old.Dockerfile()
	is, _ := found[0].Dockerfile()
	if body, _, _ := strings.Cut(is, "# snapdeck rebuild"); body != was || found[0].Mem != s.old.Mem || !found[0].InRegion("eu") {
		s.t.Errorf("it is %s", found[0].Raw.String())
	}
}
