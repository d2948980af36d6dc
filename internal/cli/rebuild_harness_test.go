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
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/model"
)

// Names of demo snapshots that can be rebuilt: one is built, one is pulled.
const (
	builtName  = "spring-petclinic"
	pulledName = "node-24-agents"
)

// rebuildTest is a rebuilder with a demo server. Its journal is where a program with this
// home directory has its own.
type rebuildTest struct {
	*rebuilder
	t         *testing.T
	home      string
	server    *httptest.Server
	clock     *demotest.Clock // of the server and the program
	empty     atomic.Bool     // the organization has no snapshots
	lists     atomic.Int32    // how often that was answered
	configure []func(*rebuilder)
}

func newRebuildTest(t *testing.T, secret string, change ...func(*rebuilder)) *rebuildTest {
	t.Helper()
	clock := demotest.NewClock()
	b := &rebuildTest{t: t, home: t.TempDir(), clock: clock}
	b.configure = append(change, func(r *rebuilder) { r.base.Now, r.base.Sleep = clock.Now, clock.Sleep })
	b.startServer(secret)
	return b
}

func (b *rebuildTest) startServer(secret string) {
	b.t.Helper()
	server := demo.New(demo.Options{Now: b.clock.Now})
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.empty.Load() && r.Method == http.MethodGet && r.URL.Path == "/api/snapshots" {
			b.lists.Add(1)
			_, _ = io.WriteString(w, `{"items": [], "total": 0, "page": 1, "totalPages": 0}`)
			return
		}
		server.ServeHTTP(w, r)
	}))
	b.t.Cleanup(b.server.Close)
	b.rebuilder = b.rebuilderFor(b.server.URL+"/api", secret)
}

// journalDir returns the directory of the journal.
func (b *rebuildTest) journalDir() string {
	return state{dir: filepath.Join(b.home, "state")}.rebuilds()
}

// rebuilderFor returns a rebuilder with the same journal for another server or key.
func (b *rebuildTest) rebuilderFor(url, secret string) *rebuilder {
	b.t.Helper()
	api := demotest.Connect(b.t, url, secret)
	r := newRebuilder(api, b.journalDir(), Environment{Now: time.Now, Sleep: client.Sleep, Disk: durable.OS{}}, false)
	if _, err := r.journal.wait(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	for _, c := range b.configure {
		c(r)
	}
	return r
}

// rebuildRequest returns a request with everything that the dashboard knows.
func (b *rebuildTest) rebuildRequest(name string) model.RebuildRequest {
	b.t.Helper()
	list, err := b.api.List(b.t.Context(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	store, _ := model.NewStore().Apply(list.Snapshots)
	i := slices.IndexFunc(list.Snapshots, func(s *model.Snapshot) bool { return s.Name == name })
	if i < 0 {
		b.t.Fatalf("no snapshot %s", name)
	}
	regions, err := b.api.Regions(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return model.RebuildRequest{Snapshot: list.Snapshots[i], Mode: model.InPlace, Now: b.clock.Now(), Store: store, Regions: regions}
}

// interruptAfter starts a rebuild, and interrupts it after the response to the call as if
// the program had exited.
func (b *rebuildTest) interruptAfter(name, call string, verifyFirst bool) {
	b.t.Helper()
	b.interrupt(b.rebuildRequest(name), call, verifyFirst)
}

// interrupt is interruptAfter for a request, after a call or in a step.
func (b *rebuildTest) interrupt(q model.RebuildRequest, at string, verifyFirst bool) {
	b.t.Helper()
	if verifyFirst {
		q.Mode = model.VerifyFirst
	}
	ctx, cancel := context.WithCancel(b.t.Context())
	defer cancel()
	result, _ := b.Run(ctx, b.Plan(q), func(e model.RebuildEvent) {
		if strings.HasPrefix(e.Call, at) || e.Step.Label() == at {
			cancel()
		}
	})
	if result.Entry == "" || !errors.Is(ctx.Err(), context.Canceled) {
		b.t.Fatalf("interrupted at %s: %+v", at, result)
	}
}
