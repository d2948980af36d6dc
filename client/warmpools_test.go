package client_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestWarmPools(t *testing.T) {
	t.Parallel()
	var paths []string
	c, _ := sandboxServer(t, func(r *http.Request) (int, string) {
		paths = append(paths, r.URL.RequestURI())
		return 200, `[
			{"id":"p1","snapshot":"a","target":"us","pool":3,"currentSize":2,"env":{"TOKEN":"secret"},"errorReason":null},
			{"id":"p2","snapshot":"a","target":"eu","pool":1e12,"currentSize":-4,"errorReason":"no runner"},
			{"id":"p4","snapshot":"b","target":null,"pool":"many"}]`
	})
	pools, err := c.WarmPools(t.Context())
	want := []model.WarmPool{
		{Snapshot: "a", RegionID: "us", Size: 3, Ready: 2},
		{Snapshot: "a", RegionID: "eu", Size: 1_000_000, Reason: "no runner"},
		{Snapshot: "b"},
	}
	if err != nil || !slices.Equal(pools, want) {
		t.Errorf("got %+v, %v", pools, err)
	}
	for _, odd := range []string{`{"id":"p3","target":"us","pool":1}`, "7", "null"} {
		c, _ := sandboxServer(t, func(*http.Request) (int, string) { return 200, `[{"id":"p1","snapshot":"a","pool":3},` + odd + `]` })
		if pools, err := c.WarmPools(t.Context()); err == nil || len(pools) != 1 {
			t.Errorf("%s: %+v, %v", odd, pools, err)
		}
	}
	if !slices.Equal(paths, []string{"/api/warm-pools"}) {
		t.Errorf("sent %q", paths)
	}
}

// TestNoWarmPools: an older server has none, and is not asked again for an hour; another error
// is no answer.
func TestNoWarmPools(t *testing.T) {
	t.Parallel()
	status, body := 500, `{}`
	now := time.Date(2026, 11, 24, 14, 33, 26, 0, time.UTC)
	c, requests := sandboxServerAt(t, func() time.Time { return now }, func(*http.Request) (int, string) { return status, body })
	for _, answer := range []struct {
		status int
		body   string
	}{{500, `{}`}, {403, `{"message":"Access denied"}`}, {200, `{"items":[]}`}, {200, `<html>`}, {200, "[" + strings.Repeat("1,", 1000) + "1]"}} {
		status, body = answer.status, answer.body
		if pools, err := c.WarmPools(t.Context()); err == nil {
			t.Errorf("%d %.20s: %v", status, body, pools)
		}
	}
	before := requests.Load()
	status, body = 404, `{"message":"Cannot GET /api/warm-pools","error":"Not Found","statusCode":404}`
	for range 3 {
		if pools, err := c.WarmPools(t.Context()); err != nil || len(pools) != 0 {
			t.Errorf("404: %v, %v", pools, err)
		}
	}
	if n := requests.Load() - before; n != 1 {
		t.Errorf("a server without warm pools was asked %d times", n)
	}
	now = now.Add(time.Hour)
	status, body = 200, `[{"id":"p1","snapshot":"a","pool":1}]`
	if pools, err := c.WarmPools(t.Context()); err != nil || len(pools) != 1 {
		t.Errorf("after an upgrade: %v, %v", pools, err)
	}
}
