package cli

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// built and pulled are snapshots of every demo world that can be rebuilt.
const (
	built  = "spring-petclinic"
	pulled = "node-24-agents"
)

// bench is a demo server and a rebuilder for it, with a journal where the program has
// its own.
type bench struct {
	*rebuilder
	t      *testing.T
	home   string
	server *httptest.Server
	clock  *testClock  // of the server and the program: it moves when somebody waits
	bare   atomic.Bool // the organization has no snapshot
	change []func(*rebuilder)
}

func newBench(t *testing.T, secret string, change ...func(*rebuilder)) *bench {
	t.Helper()
	clock := newTestClock()
	b := &bench{t: t, home: t.TempDir(), clock: clock}
	b.change = append(change, func(r *rebuilder) { r.base.Now, r.base.Sleep = clock.Now, clock.Sleep })
	b.serve(secret)
	return b
}

func (b *bench) serve(secret string) {
	b.t.Helper()
	world := demo.New(demo.Options{Now: b.clock.Now})
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.bare.Load() && r.Method == http.MethodGet && r.URL.Path == "/api/snapshots" {
			_, _ = io.WriteString(w, `{"items": [], "total": 0, "page": 1, "totalPages": 0}`)
			return
		}
		world.ServeHTTP(w, r)
	}))
	b.t.Cleanup(b.server.Close)
	b.rebuilder = b.to(b.server.URL+"/api", secret)
}

// folder is that of the journal.
func (b *bench) folder() string { return state{dir: filepath.Join(b.home, "state")}.rebuilds() }

// to is a rebuilder of the same journal for a server.
func (b *bench) to(url, secret string) *rebuilder {
	b.t.Helper()
	credentials := client.Credentials{APIURL: url, Secret: secret}
	if secret == demo.JWT {
		credentials.JWT, credentials.OrganizationID = true, demo.OrganizationID
	}
	api, err := client.New(client.Options{Credentials: credentials})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(api.Close)
	r := newRebuilder(api, b.folder(), Environment{Now: time.Now, Sleep: sleep}, false)
	for _, c := range b.change {
		c(r)
	}
	return r
}

// request asks for a rebuild with all that the dashboard would know.
func (b *bench) request(name string) model.RebuildRequest {
	b.t.Helper()
	list, err := b.api.List(b.t.Context(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	store, _ := model.NewStore().Apply(list.Snapshots)
	i := slices.IndexFunc(list.Snapshots, func(s *model.Snapshot) bool { return s.Name == name })
	if i < 0 {
		b.t.Fatalf("there is no %s", name)
	}
	regions, err := b.api.Regions(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return model.RebuildRequest{Snapshot: list.Snapshots[i], Mode: model.InPlace, Now: b.clock.Now(), Store: store, Regions: regions}
}

// unreachableSince begins a rebuild and stops it as if the program had ended, right after the
// server has answered the call.
func (b *bench) cut(name, call string, verifyFirst bool) {
	b.t.Helper()
	q := b.request(name)
	if verifyFirst {
		q.Mode = model.VerifyFirst
	}
	ctx, cancel := context.WithCancel(b.t.Context())
	defer cancel()
	result, _ := b.Run(ctx, b.Plan(q), func(e model.RebuildEvent) {
		if strings.HasPrefix(e.Call, call) {
			cancel()
		}
	})
	if result.Entry == "" || !errors.Is(ctx.Err(), context.Canceled) {
		b.t.Fatalf("cut after %s: %+v", call, result)
	}
}
