package ui

import (
	"encoding/json"
	"image"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// editList changes the lists that a server sends.
func editList(next http.Handler, edit func(page map[string]any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/api/snapshots" {
			next.ServeHTTP(w, r)
			return
		}
		r.Header.Del("If-None-Match")
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		var page map[string]any
		if err := json.Unmarshal(answer.Body.Bytes(), &page); err != nil {
			panic(err)
		}
		edit(page)
		body, _ := json.Marshal(page)
		status(answer.Code, string(body), "Content-Type", "application/json")(w, r)
	}
}

// cutList lets the server send only some of the items of a list, or count them wrongly.
func cutList(next http.Handler, items int, total any) http.HandlerFunc {
	return editList(next, func(page map[string]any) {
		if all, ok := page["items"].([]any); ok {
			page["items"] = all[:min(items, len(all))]
		}
		page["total"] = total
	})
}

func TestIncompleteListIsMarked(t *testing.T) {
	t.Parallel()
	for _, size := range []image.Point{image.Pt(80, 24), image.Pt(120, 36), image.Pt(160, 45)} {
		h := newHarness(t, sized(size.X, size.Y), func(s *setup) {
			s.handler = func(next http.Handler) http.Handler { return cutList(next, 8, 300) }
		})
		h.sees(" 8 incomplete ", "! ")
		if size.X > 80 {
			h.sees("the server counts 300 snapshots, but sent 8")
		}
		h.serve(h.demo)
		h.advance(time.Minute)
		h.misses("incomplete", "but sent 8")
		if n := h.app.table.Len(); n < 100 {
			t.Errorf("%d rows", n)
		}
		h.press("a")
		h.sees("ACTIVITY")
		if n := strings.Count(h.screen(), "created"); n > 3 { // by the demo's script
			t.Errorf("%d snapshots are called new, which were only not sent before:\n%s", n, h.screen())
		}
	}
}

func TestImpossibleTotalIsMarked(t *testing.T) {
	t.Parallel()
	for _, total := range []any{-5, 3, 1e12, "many"} {
		h := newHarness(t, func(s *setup) {
			s.handler = func(next http.Handler) http.Handler { return cutList(next, 8, total) }
		})
		h.sees(" 8 incomplete ", "! the server ")
	}
}

// A list that is cut short deletes nothing: its rows are not listed, until a complete
// list says more.
func TestIncompleteListDeletesNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	all := h.app.table.Len()
	h.serve(cutList(h.demo, 8, 300))
	h.advance(5 * time.Minute)
	h.sees("incomplete", "the server counts 300 snapshots, but sent 8")
	if got := h.app.table.Len(); got < all-5 { // a few are deleted before
		t.Errorf("%d of %d rows are left", got, all)
	}
	h.serve(h.demo)
	h.advance(time.Minute)
	h.misses("incomplete", "not listed")
}

func TestNothingReceivedIsNotAnEmptyOrganization(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) {
		s.handler = func(next http.Handler) http.Handler { return cutList(next, 0, 300) }
	})
	h.sees("No snapshots received.", "the server counts 300 snapshots, but sent 0", " 0 incomplete")
	h.misses("No snapshots in this organization")
	h = newHarness(t, func(s *setup) {
		s.handler = func(http.Handler) http.Handler {
			return status(200, `{"items":[{"name":"a"}],"total":1,"totalPages":1}`)
		}
	})
	h.sees("No snapshots that can be shown.", "item 1: snapshot has no id", "1 item not shown")
}
