package demo_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

type sandboxList struct {
	Items []struct {
		ID, Name, State, Snapshot, Target string
		LastActivityAt                    *string
	}
	NextCursor *string
}

// TestSandboxFilter checks what was measured: names are exact and repeated, a comma is
// part of a name.
func TestSandboxFilter(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	count := func(query string) int {
		t.Helper()
		return len(decode[sandboxList](t, srv.get("/api/sandbox?"+query, bearer(demo.ReadOnlyKey))).Items)
	}
	for query, want := range map[string]int{
		"snapshots=node-20-agents":                            15,
		"snapshots=node-20-agents&states=started":             3,
		"snapshots=node-20-agents&snapshots=python-3-13-base": 30,
		"snapshots=node-20-agents,python-3-13-base":           0,
		"snapshots=node-20":                                   0,
		"snapshots=Node-20-agents":                            0,
		"snapshots=nope":                                      0,
	} {
		if got := count(query); got != want {
			t.Errorf("%s: %d sandboxes, want %d", query, got, want)
		}
	}
	tooMany := strings.TrimSuffix(strings.Repeat("snapshots=a&", 21), "&")
	srv.run([]testRequest{
		{"limit", "GET", "/api/sandbox?limit=201", nil, 400, "limit must not be greater than 200"},
		{"cursor", "GET", "/api/sandbox?cursor=xxx", nil, 400, "Invalid cursor provided: xxx"},
		{"21 names", "GET", "/api/sandbox?" + tooMany, nil, 400, "snapshots must contain no more than 20 elements"},
	})
	for _, states := range []string{"destroyed", "started,stopped"} {
		if r := srv.get("/api/sandbox?states=" + url.QueryEscape(states)); r.status != 400 {
			t.Errorf("%s: %d", states, r.status)
		}
	}
}

func TestSandboxPages(t *testing.T) {
	t.Parallel()
	srv := newTestServer(t, demo.Options{})
	whole := decode[sandboxList](t, srv.get("/api/sandbox?limit=200&sort=name&order=asc"))
	if whole.NextCursor != nil || len(whole.Items) < 40 {
		t.Fatalf("%d sandboxes, next %v", len(whole.Items), whole.NextCursor)
	}
	var paged []string
	for cursor := ""; ; {
		page := decode[sandboxList](t, srv.get(fmt.Sprintf("/api/sandbox?limit=7&sort=name&order=asc&cursor=%s", cursor)))
		for _, item := range page.Items {
			paged = append(paged, item.ID)
		}
		if page.NextCursor == nil {
			break
		}
		cursor = *page.NextCursor
	}
	var ids []string
	for _, item := range whole.Items {
		ids = append(ids, item.ID)
	}
	if !slices.Equal(ids, paged) {
		t.Errorf("pages have %d sandboxes, not the %d of one page in their order", len(paged), len(ids))
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(ids))); len(distinct) != len(ids) {
		t.Errorf("%d of %d ids are distinct", len(distinct), len(ids))
	}
}

// TestWarmPools checks that pools go with their snapshot.
func TestWarmPools(t *testing.T) {
	t.Parallel()
	type pool struct {
		ID, Snapshot, Target string
		Pool, CurrentSize    int
		Env                  map[string]string
		ErrorReason          *string
	}
	srv := newTestServer(t, demo.Options{})
	pools := decode[[]pool](t, srv.get("/api/warm-pools", bearer(demo.ReadOnlyKey)))
	if len(pools) != 3 || pools[0].ID == "" || pools[0].ID == pools[1].ID {
		t.Fatalf("pools %+v", pools)
	}
	var failed []string
	for _, p := range pools {
		if p.ErrorReason != nil {
			failed = append(failed, p.Snapshot)
		}
		if p.Target == "" || p.Pool < 1 || p.Env == nil {
			t.Errorf("pool %+v", p)
		}
	}
	if !slices.Equal(failed, []string{"trt-llm-serve"}) {
		t.Errorf("failed: %q", failed)
	}
	id := decode[struct{ ID string }](t, srv.get("/api/snapshots/node-20-agents")).ID
	srv.run([]testRequest{{"delete", "DELETE", "/api/snapshots/" + id, nil, 200, ""}})
	if left := decode[[]pool](t, srv.get("/api/warm-pools")); len(left) != 1 {
		t.Errorf("after the delete: %+v", left)
	}
}
