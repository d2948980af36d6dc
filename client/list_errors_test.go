package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestListWaitsAtMostFiveMinutes(t *testing.T) {
	clk := newClock()
	f := newFakeList(1000)
	f.after = func(h http.Header) {
		h.Set("X-RateLimit-Limit", "100")
		h.Set("X-RateLimit-Remaining", "3")
		h.Set("X-RateLimit-Reset", "3600")
	}
	c := start(t, f, clk.use)
	_, err := c.List(t.Context(), nil)
	e := requireError(t, err)
	if e.Code != model.RateLimited || e.RetryAfter != time.Hour || e.Sent {
		t.Errorf("got %+v", e)
	}
	if f.count() != 1 || len(clk.slept) != 0 {
		t.Errorf("got %d requests, slept %v", f.count(), clk.slept)
	}
}

func TestListEndsWithItsContext(t *testing.T) {
	f := newFakeList(1000)
	ctx, cancel := context.WithCancel(t.Context())
	f.before = func(n, _ int) {
		if n == 3 {
			cancel()
		}
	}
	c := start(t, f)
	_, err := c.List(ctx, nil)
	if e := requireError(t, err); e.Code != model.Canceled || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestListIsNeverRetried(t *testing.T) {
	var requests atomic.Int64
	c := start(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		requests.Add(1)
		panic(http.ErrAbortHandler)
	}))
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.Code != model.Network || !e.Sent {
		t.Errorf("got %+v", e)
	}
	if requests.Load() != 1 {
		t.Errorf("got %d requests", requests.Load())
	}
}

func TestErrorOnALaterPageEndsTheList(t *testing.T) {
	f := newFakeList(1000)
	inner := http.Handler(f)
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") == "4" {
			_, _ = w.Write([]byte(`{"total":1000}`))
			return
		}
		inner.ServeHTTP(w, r)
	}))
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.Code != model.NotTheAPI || !strings.Contains(e.Message, "has no items") {
		t.Errorf("got %v", err)
	}
}

// Items without an id are skipped and do not count as missing, so the list is not
// read again.
func TestItemsWithoutIDAreSkipped(t *testing.T) {
	inner := http.Handler(newFakeList(1000))
	var requests atomic.Int32
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/snapshots" {
			requests.Add(1)
		}
		rec := httptest.NewRecorder()
		inner.ServeHTTP(rec, r)
		body := rec.Body.String()
		switch r.URL.Query().Get("page") {
		case "2":
			body = strings.Replace(body, `"id"`, `"nid"`, 1)
		case "4":
			body = strings.ReplaceAll(body, `"id"`, `"nid"`)
		}
		_, _ = w.Write([]byte(body))
	}))
	list, err := c.List(t.Context(), nil)
	if err != nil || len(list.Snapshots) != 799 || len(list.Skipped) != 201 {
		t.Fatalf("got %d snapshots, %d skipped, %v", len(list.Snapshots), len(list.Skipped), err)
	}
	if requests.Load() != 5 {
		t.Errorf("got %d requests for 5 pages", requests.Load())
	}
	if err := list.Skipped[0]; !errors.Is(err, model.ErrNoID) || !strings.HasPrefix(err.Error(), "item 1") {
		t.Error(err)
	}
}

func TestErrorOnOnePageCancelsTheOthers(t *testing.T) {
	t.Parallel()
	f := newFakeList(1000)
	inner := http.Handler(f)
	c := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Query().Get("page") {
		case "1":
			inner.ServeHTTP(w, r)
		case "2":
			time.Sleep(20 * time.Millisecond) // until the other requests have arrived
			respond(500, apiError(500, "page 2"))(w, r)
		case "":
			respond(404, "")(w, r) // not a page of the list
		default:
			<-r.Context().Done()
		}
	}))
	started := time.Now()
	_, err := c.List(t.Context(), nil)
	if e := requireError(t, err); e.Message != "page 2" || time.Since(started) > 20*time.Second {
		t.Errorf("%v after %s", e, time.Since(started))
	}
}

func TestPanicInAPageReachesTheCaller(t *testing.T) {
	c := start(t, newFakeList(1000))
	f := &pageFetch{client: c}
	c.pages = nil // causes a panic
	defer func() {
		if p := fmt.Sprint(recover()); !strings.Contains(p, "page.go") {
			t.Errorf("recovered %q, want the stack of the goroutine", p)
		}
	}()
	_ = f.fetchOthers(t.Context(), &pass{pages: 1, last: 3})
}
