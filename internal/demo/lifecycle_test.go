package demo_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

func encode(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// settle steps the clock until a snapshot is in none of the states on the way, and tells through which it went.
func (w *world) settle(id string, states ...string) []string {
	w.Helper()
	for range 200 {
		s := w.state(id)
		if len(states) == 0 || states[len(states)-1] != s {
			states = append(states, s)
		}
		switch s {
		case "pending", "building", "pulling", "removing", "snapshotting":
		default:
			return states
		}
		w.step(time.Second)
	}
	w.Fatalf("%s never settled: %v", id, states)
	return nil
}

func build(name, dockerfile string) string {
	b, _ := json.Marshal(map[string]any{"name": name, "buildInfo": map[string]any{"dockerfileContent": dockerfile}})
	return string(b)
}

func TestLifecycles(t *testing.T) {
	for _, c := range []struct {
		what, body, states, reason string
	}{
		{"pull", `{"name":"t","imageName":"debian:12.11"}`, "pending pulling active", ""},
		{"build", build("t", "FROM alpine:3.20\nRUN echo\n"), "pending building active", ""},
		{"build in the data centre", `{"name":"t","regionId":"acme-dc1_x1Y2","buildInfo":{"dockerfileContent":"FROM a:1"}}`, "pending building active", ""},
		{"no such image", `{"name":"t","imageName":"library/notfound:1.0"}`, "pending error", "image not found in registry: docker.io/library/notfound:1.0"},
		{"too big", `{"name":"t","imageName":"library/huge:1.0"}`, "pending error", "Snapshot size (500.00GB) exceeds maximum allowed size of 100GB"},
		{"broken pull", `{"name":"t","imageName":"library/failpull:1.0"}`, "pending pulling error", "failed to pull image library/failpull:1.0: unexpected EOF"},
		{"broken build", build("t", "FROM alpine:3.20\nRUN make && exit 3\n"), "pending building error", "failed to build image: The command '/bin/sh -c make && exit 3' returned a non-zero code: 3"},
		{"broken build, as recorded", build("t", "FROM alpine:3.20\nRUN FAILBUILD\n"), "pending building error", "failed to build image: The command '/bin/sh -c FAILBUILD' returned a non-zero code: 1"},
	} {
		t.Run(c.what, func(t *testing.T) {
			w := newWorld(t, demo.Options{})
			first := w.create(c.body)
			if got := strings.Join(w.settle(first.ID, first.State), " "); got != c.states {
				t.Fatalf("%s, want %s", got, c.states)
			}
			r := w.named("t")
			reason := ""
			if r.ErrorReason != nil {
				reason = *r.ErrorReason
			}
			if reason != c.reason || r.InitialRunnerID == nil {
				t.Errorf("reason %q, runner %v", reason, r.InitialRunnerID)
			}
			if r.UpdatedAt.Unix()%10 != 0 && !strings.HasPrefix(c.states, "pending error") {
				t.Errorf("settled at %v, not at a full tick", r.UpdatedAt)
			}
			if r.State != "active" {
				return
			}
			if r.Size == nil || r.Ref == nil || r.LastUsedAt == nil || !r.LastUsedAt.Equal(r.UpdatedAt) || len(r.Entrypoint) == 0 {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A ref that another active snapshot has is not built again; without one it is.
func TestTwins(t *testing.T) {
	w := newWorld(t, demo.Options{})
	const dockerfile = "FROM alpine:3.20\nRUN echo hello\n"
	first := w.create(build("one", dockerfile))
	w.settle(first.ID)
	second := w.create(build("two", dockerfile))
	if second.State != "active" || second.Size == nil || *second.Size != *w.named("one").Size || second.LastUsedAt == nil || second.InitialRunnerID != nil {
		t.Fatalf("%+v", second)
	}
	if !second.BuildInfo.CreatedAt.Equal(first.BuildInfo.CreatedAt) {
		t.Error("twins have not the same build")
	}
	elsewhere := w.create(`{"name":"three","regionId":"eu","buildInfo":{"dockerfileContent":` + encode(t, dockerfile) + `}}`)
	if elsewhere.State != "pending" {
		t.Error("no runner of eu has the image, and yet it is", elsewhere.State)
	}
	for _, id := range []string{first.ID, second.ID, elsewhere.ID} {
		w.send("DELETE", "/api/snapshots/"+id, "")
	}
	w.step(10 * time.Second)
	if again := w.create(build("one", dockerfile)); again.State != "pending" {
		t.Error("built from nothing, and yet", again.State)
	}
	pulled := w.create(`{"name":"p1","imageName":"debian:12.9"}`)
	w.settle(pulled.ID)
	w.create(`{"name":"p2","imageName":"debian:12.9"}`)
	w.step(20 * time.Millisecond)
	if got := w.named("p2"); got.State != "active" || *got.Ref != *w.named("p1").Ref {
		t.Errorf("an image that is there is %s", got.State)
	}
}

// Deleting a row while its build runs works, unless the build ends on the tick of the clean-up: then the job
// writes over "removing" and the snapshot stays.
func TestDeleteWhileBuilding(t *testing.T) {
	for seconds, want := range map[int]string{2: "active", 30: "gone"} {
		w := newWorld(t, demo.Options{})
		r := w.create(build("t", fmt.Sprintf("FROM a:1\n# SLOW%d\n", seconds)))
		w.step(time.Second)
		if s := w.state(r.ID); s != "building" {
			t.Fatal(s)
		}
		w.send("DELETE", "/api/snapshots/"+r.ID, "")
		if s := w.state(r.ID); s != "removing" {
			t.Fatal(s)
		}
		w.step(time.Minute)
		if s := w.state(r.ID); s != want {
			t.Errorf("a build of %d s that was deleted is %s, want %s", seconds, s, want)
		}
	}
}

func TestDeactivateWhileBuilding(t *testing.T) {
	w := newWorld(t, demo.Options{})
	r := w.create(build("t", "FROM a:1\n# SLOW20\n"))
	w.step(time.Second)
	w.send("POST", "/api/snapshots/"+r.ID+"/deactivate", "")
	w.step(time.Hour)
	if s := w.state(r.ID); s != "inactive" {
		t.Error(s)
	}
}

func TestDeadline(t *testing.T) {
	w := newWorld(t, demo.Options{})
	r := w.create(build("t", "FROM a:1\n# SLOW9999\n"))
	w.step(59 * time.Minute)
	if s := w.state(r.ID); s != "building" {
		t.Fatal(s)
	}
	w.step(70 * time.Second)
	if got := w.named("t"); got.State != "error" || *got.ErrorReason != "Timeout processing snapshot on initial runner" {
		t.Errorf("%s %v", got.State, got.ErrorReason)
	}
}

// When all runners of a region are busy, rows stay pending, and the clock brings them on.
func TestBusyRegion(t *testing.T) {
	w := newWorld(t, demo.Options{})
	for i := range 5 {
		w.create(fmt.Sprintf(`{"name":"t-%d","regionId":"acme-dc1_x1Y2","buildInfo":{"dockerfileContent":"FROM a:%d\n# SLOW25\n"}}`, i, i))
	}
	count := func() (pending int) {
		for i := range 5 {
			if w.state(fmt.Sprintf("t-%d", i)) == "pending" {
				pending++
			}
		}
		return pending
	}
	w.step(time.Second)
	if got := count(); got != 3 {
		t.Errorf("%d of 5 wait for 2 runners", got)
	}
	w.step(3 * time.Minute)
	if got := count(); got != 0 {
		t.Errorf("%d of 5 still wait", got)
	}
}

// The server puts what is idle for T to sleep: not what is younger, not what was used, not what a twin keeps awake.
func TestAutoDeactivation(t *testing.T) {
	w := newWorld(t, demo.Options{})
	sleeping := map[string]time.Duration{
		"infra-base-2025": 14 * time.Second,
		"chatbot-demo":    3*time.Hour + 6*time.Minute,
		"search-ranker":   19*time.Hour + 12*time.Minute,
		"infra-base":      44 * time.Hour,
	}
	ids := map[string]string{}
	for name := range sleeping {
		ids[name] = w.named(name).ID
		if s := w.state(name); s != "active" {
			t.Fatalf("%s is %s at the start", name, s)
		}
	}
	staging := w.named("payments-node-20-staging").ID
	for _, at := range []time.Duration{20 * time.Second, 4 * time.Hour, 20 * time.Hour, 45 * time.Hour} {
		w.mu.Lock()
		w.now = begin.Add(at)
		w.mu.Unlock()
		for name, after := range sleeping {
			want := "active"
			if after < at {
				want = "inactive"
			}
			if got := w.state(ids[name]); got != want {
				t.Errorf("after %v %s is %s, want %s", at, name, got, want)
			}
		}
		if got := w.state(staging); got != "active" {
			t.Errorf("after %v the twin of payments-node-20 is %s", at, got)
		}
	}
}

// A twin that is kept awake falls asleep once nobody keeps it.
func TestTwinFallsAsleep(t *testing.T) {
	w := newWorld(t, demo.Options{})
	w.step(time.Hour)
	if got := w.state("payments-node-20-staging"); got != "active" {
		t.Fatal(got)
	}
	w.send("DELETE", "/api/snapshots/"+w.named("payments-node-20").ID, "")
	w.step(11 * time.Minute)
	if got := w.state("payments-node-20-staging"); got != "inactive" {
		t.Errorf("the one that kept it awake is gone, and it is %s", got)
	}
}

func TestFirstHalfMinute(t *testing.T) {
	for _, offset := range []time.Duration{0, 1, 3999, 4000, 9999} {
		at := &clock{now: begin.Add(offset * time.Millisecond)} // whatever the phase of the ticks is
		w := newWorld(t, demo.Options{Now: at.Now})
		before := map[string]string{}
		for _, r := range w.all() {
			before[r.Name] = r.State
		}
		at.step(30 * time.Second)
		after := map[string]string{}
		for _, r := range w.all() {
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
				t.Errorf("offset %v: %s went %v, want %v", offset*time.Millisecond, name, got, change)
			}
		}
	}
}

// Somebody who watches sees a snapshot being used every few seconds.
func TestBusySnapshots(t *testing.T) {
	w := newWorld(t, demo.Options{})
	changes, last := 0, ""
	for range 60 {
		top := decode[page](t, w.get("/api/snapshots?limit=1")).Items[0]
		if now := top.Name + top.LastUsedAt.String(); now != last {
			changes++
			last = now
		}
		w.step(time.Second)
	}
	if changes < 8 {
		t.Errorf("%d changes in a minute", changes)
	}
}

func TestConcurrentUse(t *testing.T) {
	c := &clock{now: begin}
	w := newWorld(t, demo.Options{Size: 300, Now: func() time.Time {
		c.step(300 * time.Millisecond) // time goes by, or logs would wait for runners that never come
		return c.Now()
	}})
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 25 {
				name := fmt.Sprintf("c-%d-%d", n, i)
				w.send("POST", "/api/snapshots", build(name, fmt.Sprintf("FROM a:%d\n", i)))
				w.get("/api/snapshots?limit=200&sort=name")
				w.get("/api/snapshots?name=c-")
				a := w.get("/api/snapshots/" + name)
				id := decode[row](t, a).ID
				w.get("/api/snapshots/" + id + "/build-logs")
				switch i % 3 {
				case 0:
					w.send("DELETE", "/api/snapshots/"+id, "")
				case 1:
					w.send("POST", "/api/snapshots/"+id+"/deactivate", "")
				}
			}
		})
	}
	wg.Wait()
}
