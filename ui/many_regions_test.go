package ui

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// manyRegions serves two snapshots in very many regions, which the organization knows or
// not.
func manyRegions(n int, known bool) func(http.Handler) http.Handler {
	ids, regions := make([]string, n), make([]string, n)
	for i := range n {
		ids[i] = fmt.Sprintf(`"region-%06d"`, i)
		regions[i] = fmt.Sprintf(`{"id":"region-%06d","name":"r%d","regionType":"custom"}`, i, i)
	}
	item := func(id string) string {
		return `{"id":"` + id + `","name":"wide-` + id + `","state":"active","imageName":"a:1","createdAt":"2026-11-20T00:00:00Z","updatedAt":"2026-11-20T00:00:00Z","regionIds":[` + strings.Join(ids, ",") + `]}`
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/api/snapshots":
				status(200, `{"items":[`+item("1")+`,`+item("2")+`],"total":2,"page":1,"totalPages":1}`)(w, r)
			case strings.HasPrefix(r.URL.Path, "/api/snapshots/"):
				status(200, item("1"))(w, r)
			case r.URL.Path == "/api/regions" && known:
				status(200, "["+strings.Join(regions, ",")+"]")(w, r)
			default:
				next.ServeHTTP(w, r)
			}
		})
	}
}

// allocations returns how often a call allocates memory. Nothing may run in parallel.
func allocations(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// A list of regions that no real server sends must not slow down any key: none makes text or
// a column for each region.
func TestVeryManyRegionsDoNotSlowDownAKey(t *testing.T) {
	const regions = 100_000
	for _, known := range []bool{false, true} {
		h := newHarness(t, func(s *setup) { s.handler = manyRegions(regions, known) })
		for key := range strings.FieldsSeq("down up 4 down end 1 esc m right down left esc y esc D esc R esc r / w i esc ? esc 6 esc") {
			if n := allocations(func() { h.press(key) }); n > regions/2 {
				t.Errorf("regions known: %t, %s allocates %d times", known, key, n)
			}
		}
		h.press("4")
		h.sees("region-000001")
	}
}
