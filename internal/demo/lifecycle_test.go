package demo_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

func encode(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// waitUntilSettled advances the clock until a snapshot is not in a transitional state,
// and returns its states.
func (srv *testServer) waitUntilSettled(id string, states ...string) []string {
	srv.Helper()
	for range 200 {
		s := srv.state(id)
		if len(states) == 0 || states[len(states)-1] != s {
			states = append(states, s)
		}
		switch s {
		case "pending", "building", "pulling", "removing", "snapshotting":
		default:
			return states
		}
		srv.Advance(time.Second)
	}
	srv.Fatalf("%s never settled: %v", id, states)
	return nil
}

func buildRequest(name, dockerfile string) string {
	b, _ := json.Marshal(map[string]any{"name": name, "buildInfo": map[string]any{"dockerfileContent": dockerfile}})
	return string(b)
}

func TestLifecycles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		what, body, states, reason string
	}{
		{"pull", `{"name":"t","imageName":"debian:12.11"}`, "pending pulling active", ""},
		{"build", buildRequest("t", "FROM alpine:3.20\nRUN echo\n"), "pending building active", ""},
		{"build in the custom region", `{"name":"t","regionId":"acme-dc1_x1Y2","buildInfo":{"dockerfileContent":"FROM a:1"}}`, "pending building active", ""},
		{"no such image", `{"name":"t","imageName":"library/notfound:1.0"}`, "pending error", "image not found in registry: docker.io/library/notfound:1.0"},
		{"too big", `{"name":"t","imageName":"library/huge:1.0"}`, "pending error", "Snapshot size (500.00GB) exceeds maximum allowed size of 100GB"},
		{"broken pull", `{"name":"t","imageName":"library/failpull:1.0"}`, "pending pulling error", "failed to pull image library/failpull:1.0: unexpected EOF"},
		{"broken build", buildRequest("t", "FROM alpine:3.20\nRUN make && exit 3\n"), "pending building error", "failed to build image: The command '/bin/sh -c make && exit 3' returned a non-zero code: 3"},
		{"broken build, as recorded", buildRequest("t", "FROM alpine:3.20\nRUN FAILBUILD\n"), "pending building error", "failed to build image: The command '/bin/sh -c FAILBUILD' returned a non-zero code: 1"},
	} {
		t.Run(c.what, func(t *testing.T) {
			srv := newTestServer(t, demo.Options{})
			first := srv.create(c.body)
			if got := strings.Join(srv.waitUntilSettled(first.ID, first.State), " "); got != c.states {
				t.Fatalf("got %s, want %s", got, c.states)
			}
			r := srv.getByName("t")
			reason := ""
			if r.ErrorReason != nil {
				reason = *r.ErrorReason
			}
			if reason != c.reason || r.InitialRunnerID == nil {
				t.Errorf("reason %q, runner %v", reason, r.InitialRunnerID)
			}
			if r.UpdatedAt.Unix()%10 != 0 && !strings.HasPrefix(c.states, "pending error") {
				t.Errorf("settled at %v, want a tick", r.UpdatedAt)
			}
			if r.State != "active" {
				return
			}
			if r.Size == nil || r.Ref == nil || r.LastUsedAt == nil || !r.LastUsedAt.Equal(r.UpdatedAt) || len(r.Entrypoint) == 0 {
				t.Errorf("got %+v", r)
			}
		})
	}
}

// A ref of another active snapshot in the region is not built again.
func TestSameRef(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	const dockerfile = "FROM alpine:3.20\nRUN echo hello\n"
	first := srv.create(buildRequest("one", dockerfile))
	srv.waitUntilSettled(first.ID)
	second := srv.create(buildRequest("two", dockerfile))
	if second.State != "active" || second.Size == nil || *second.Size != *srv.getByName("one").Size || second.LastUsedAt == nil || second.InitialRunnerID != nil {
		t.Fatalf("got %+v", second)
	}
	if !second.BuildInfo.CreatedAt.Equal(first.BuildInfo.CreatedAt) {
		t.Error("snapshots with the same ref have different builds")
	}
	elsewhere := srv.create(`{"name":"three","regionId":"eu","buildInfo":{"dockerfileContent":` + encode(t, dockerfile) + `}}`)
	if elsewhere.State != "pending" {
		t.Error("no runner in eu has the image, but the snapshot is", elsewhere.State)
	}
	for _, id := range []string{first.ID, second.ID, elsewhere.ID} {
		srv.send("DELETE", "/api/snapshots/"+id, "")
	}
	srv.Advance(10 * time.Second)
	if again := srv.create(buildRequest("one", dockerfile)); again.State != "pending" {
		t.Error("the image was deleted, but the snapshot is", again.State)
	}
	pulled := srv.create(`{"name":"p1","imageName":"debian:12.9"}`)
	srv.waitUntilSettled(pulled.ID)
	srv.create(`{"name":"p2","imageName":"debian:12.9"}`)
	srv.Advance(20 * time.Millisecond)
	if got := srv.getByName("p2"); got.State != "active" || *got.Ref != *srv.getByName("p1").Ref {
		t.Errorf("a snapshot of a cached image is %s", got.State)
	}
}

// A row can be deleted during its build, unless the build ends at the same tick: then
// the job overwrites "removing" and the snapshot stays.
func TestDeleteWhileBuilding(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[int]string{2: "active", 30: "deleted"} {
		srv := newTestServer(t, demo.Options{})
		r := srv.create(buildRequest("t", fmt.Sprintf("FROM a:1\n# SLOW%d\n", seconds)))
		srv.Advance(time.Second)
		if s := srv.state(r.ID); s != "building" {
			t.Fatal(s)
		}
		srv.send("DELETE", "/api/snapshots/"+r.ID, "")
		if s := srv.state(r.ID); s != "removing" {
			t.Fatal(s)
		}
		srv.Advance(time.Minute)
		if s := srv.state(r.ID); s != want {
			t.Errorf("a deleted build of %d s is %s, want %s", seconds, s, want)
		}
	}
}

func TestDeactivateWhileBuilding(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	r := srv.create(buildRequest("t", "FROM a:1\n# SLOW20\n"))
	srv.Advance(time.Second)
	srv.send("POST", "/api/snapshots/"+r.ID+"/deactivate", "")
	srv.Advance(time.Hour)
	if s := srv.state(r.ID); s != "inactive" {
		t.Error(s)
	}
}

func TestBuildTimeout(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	r := srv.create(buildRequest("t", "FROM a:1\n# SLOW9999\n"))
	srv.Advance(59 * time.Minute)
	if s := srv.state(r.ID); s != "building" {
		t.Fatal(s)
	}
	srv.Advance(70 * time.Second)
	if got := srv.getByName("t"); got.State != "error" || *got.ErrorReason != "Timeout processing snapshot on initial runner" {
		t.Errorf("got %s %v", got.State, got.ErrorReason)
	}
}

// While all runners of a region are busy, rows stay pending.
func TestBusyRegion(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	for i := range 5 {
		srv.create(fmt.Sprintf(`{"name":"t-%d","regionId":"acme-dc1_x1Y2","buildInfo":{"dockerfileContent":"FROM a:%d\n# SLOW25\n"}}`, i, i))
	}
	count := func() (pending int) {
		for i := range 5 {
			if srv.state(fmt.Sprintf("t-%d", i)) == "pending" {
				pending++
			}
		}
		return pending
	}
	srv.Advance(time.Second)
	if got := count(); got != 3 {
		t.Errorf("%d of 5 wait for 2 runners", got)
	}
	srv.Advance(3 * time.Minute)
	if got := count(); got != 0 {
		t.Errorf("%d of 5 still wait", got)
	}
}

func TestFirst30Seconds(t *testing.T) {
	t.Parallel()
	for _, offset := range []time.Duration{0, 1, 3999, 4000, 9999} {
		at := demotest.NewClock()
		at.Advance(offset * time.Millisecond) // independent of the ticks
		srv := newTestServer(t, demo.Options{Now: at.Now})
		before := map[string]string{}
		for _, r := range srv.list() {
			before[r.Name] = r.State
		}
		at.Advance(30 * time.Second)
		after := map[string]string{}
		for _, r := range srv.list() {
			after[r.Name] = r.State
		}
		for name, change := range map[string][2]string{
			"payments-node-22":     {"building", "active"},
			"go-1-26-ci":           {"pending", "building"},
			"tmp-bench-4":          {"removing", ""},
			"etl-airflow-3":        {"building", "error"},
			"cuda-12-train":        {"pulling", "active"},
			"infra-base-2025":      {"active", "inactive"},
			"browser-pool-130":     {"pulling", "active"},
			"search-ranker-canary": {"", "active"},
		} {
			if got := [2]string{before[name], after[name]}; got != change {
				t.Errorf("offset %v: %s changed %v, want %v", offset*time.Millisecond, name, got, change)
			}
		}
	}
}

// A snapshot is used every few seconds.
func TestBusySnapshots(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	changes, last := 0, ""
	for range 60 {
		top := decode[page](t, srv.get("/api/snapshots?limit=1")).Items[0]
		if now := top.Name + top.LastUsedAt.String(); now != last {
			changes++
			last = now
		}
		srv.Advance(time.Second)
	}
	if changes < 8 {
		t.Errorf("%d changes in a minute", changes)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	c := demotest.NewClock()
	srv := newTestServer(t, demo.Options{Size: 300, Now: func() time.Time {
		c.Advance(300 * time.Millisecond) // logs wait for runners
		return c.Now()
	}})
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 25 {
				name := fmt.Sprintf("c-%d-%d", n, i)
				srv.send("POST", "/api/snapshots", buildRequest(name, fmt.Sprintf("FROM a:%d\n", i)))
				srv.get("/api/snapshots?limit=200&sort=name")
				srv.get("/api/snapshots?name=c-")
				a := srv.get("/api/snapshots/" + name)
				id := decode[row](t, a).ID
				srv.get("/api/snapshots/" + id + "/build-logs")
				switch i % 3 {
				case 0:
					srv.send("DELETE", "/api/snapshots/"+id, "")
				case 1:
					srv.send("POST", "/api/snapshots/"+id+"/deactivate", "")
				}
			}
		})
	}
	wg.Wait()
}
