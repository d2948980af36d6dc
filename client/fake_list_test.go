package client

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// fakeList serves GET /snapshots like the real server: newest first, weak ETags,
// 304.
type fakeList struct {
	mu          sync.Mutex
	ids         []int // newest first
	use         map[int]int
	requests    []int // page numbers in the order of the requests
	notModified int
	inFlight    int
	maxInFlight int

	// before is called with the lock held before a page is built. n is the number
	// of the request, starting at 1.
	before func(n, page int)
	// after may change the response headers.
	after func(h http.Header)
	// gather holds the requests after the first page until that many are in flight,
	// then 20 ms more, in which one too many would arrive. 0 holds none.
	gather   int
	gathered chan struct{}
}

func newFakeList(n int) *fakeList {
	f := &fakeList{use: make(map[int]int), gathered: make(chan struct{})}
	for i := range n {
		f.ids = append(f.ids, n-i)
	}
	return f
}

// insert adds a snapshot, remove deletes one.
func (f *fakeList) insert() { f.ids = slices.Insert(f.ids, 0, slices.Max(f.ids)+1) }
func (f *fakeList) remove(id int) {
	f.ids = slices.DeleteFunc(f.ids, func(i int) bool { return i == id })
}

func fakeID(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

func (f *fakeList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	if r.Method != http.MethodGet || r.URL.Path != "/snapshots" || q.Get("sort") != "createdAt" || q.Get("order") != "desc" {
		http.Error(w, `{"statusCode":400,"message":"the fake supports only one order"}`, http.StatusBadRequest)
		return
	}
	number, _ := strconv.Atoi(q.Get("page"))
	limit, _ := strconv.Atoi(q.Get("limit"))
	f.requests = append(f.requests, number)
	f.inFlight++
	f.maxInFlight = max(f.maxInFlight, f.inFlight)
	if f.gather > 0 && number > 1 {
		f.waitForOthers()
	}
	f.inFlight--
	if f.before != nil {
		f.before(len(f.requests), number)
	}
	body := f.body(number, limit)
	hash := fnv.New64a()
	_, _ = hash.Write(body)
	etag := fmt.Sprintf(`W/"%x-%x"`, len(body), hash.Sum64())
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Daytona-Api-Version", "0.190.0")
	if f.after != nil {
		f.after(w.Header())
	}
	if r.Header.Get("If-None-Match") == etag {
		f.notModified++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(body)
}

// waitForOthers returns when gather requests have been in flight, or after a minute.
// It releases the lock while it waits.
func (f *fakeList) waitForOthers() {
	if f.inFlight == f.gather {
		close(f.gathered)
		f.gather = 0
	}
	f.mu.Unlock()
	defer f.mu.Lock()
	select {
	case <-f.gathered:
		time.Sleep(20 * time.Millisecond)
	case <-time.After(time.Minute):
	}
}

func (f *fakeList) body(number, limit int) []byte {
	from := min((number-1)*limit, len(f.ids))
	to := min(from+limit, len(f.ids))
	items := []map[string]any{}
	for _, id := range f.ids[from:to] {
		items = append(items, map[string]any{
			"id": fakeID(id), "name": fmt.Sprintf("s-%d", id), "state": "active", "general": false, "uses": f.use[id],
		})
	}
	body, _ := json.Marshal(map[string]any{
		"items": items, "total": len(f.ids), "page": number, "totalPages": (len(f.ids) + limit - 1) / limit,
	})
	return body
}

func (f *fakeList) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.requests)
}
