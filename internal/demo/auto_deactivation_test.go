package demo_test

import (
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
)

// The server deactivates idle snapshots: not young ones, not used ones, and not those
// with the ref of an active snapshot.
func TestAutoDeactivation(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	deactivatedAfter := map[string]time.Duration{
		"infra-base-2025": 14 * time.Second,
		"chatbot-demo":    3*time.Hour + 6*time.Minute,
		"search-ranker":   19*time.Hour + 12*time.Minute,
		"infra-base":      44 * time.Hour,
	}
	ids := map[string]string{}
	for name := range deactivatedAfter {
		ids[name] = srv.getByName(name).ID
		if s := srv.state(name); s != "active" {
			t.Fatalf("%s is %s at the start", name, s)
		}
	}
	staging := srv.getByName("payments-node-20-staging").ID
	for _, at := range []time.Duration{20 * time.Second, 4 * time.Hour, 20 * time.Hour, 45 * time.Hour} {
		srv.Advance(startTime.Add(at).Sub(srv.Now()))
		for name, after := range deactivatedAfter {
			want := "active"
			if after < at {
				want = "inactive"
			}
			if got := srv.state(ids[name]); got != want {
				t.Errorf("after %v %s is %s, want %s", at, name, got, want)
			}
		}
		if got := srv.state(staging); got != "active" {
			t.Errorf("after %v the snapshot with the ref of payments-node-20 is %s", at, got)
		}
	}
}

// An idle snapshot is deactivated once no active snapshot has its ref.
func TestAutoDeactivationAfterDelete(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	srv.Advance(time.Hour)
	if got := srv.state("payments-node-20-staging"); got != "active" {
		t.Fatal(got)
	}
	srv.send("DELETE", "/api/snapshots/"+srv.getByName("payments-node-20").ID, "")
	srv.Advance(11 * time.Minute)
	if got := srv.state("payments-node-20-staging"); got != "inactive" {
		t.Errorf("the other snapshot with its ref was deleted, and it is %s", got)
	}
}
