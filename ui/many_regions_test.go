package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
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

// A list of regions that no real server sends must not slow down any key.
func TestVeryManyRegionsDoNotSlowDownAKey(t *testing.T) {
	for _, known := range []bool{false, true} {
		h := newHarness(t, func(s *setup) { s.handler = manyRegions(100_000, known) })
		for key := range strings.FieldsSeq("down up 4 down end 1 esc m right down left esc y esc D esc R esc r / w i esc ? esc 6 esc") {
			started := time.Now()
			h.press(key)
			if took := time.Since(started); took > time.Second {
				t.Errorf("regions known: %t, %s took %v", known, key, took.Round(time.Millisecond))
			}
		}
		h.press("4")
		h.sees("region-000001")
	}
}
