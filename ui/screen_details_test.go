package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
)

// allNull is a snapshot without any value that the server may leave out.
const allNull = `{"id":"00000000-0000-4000-8000-000000000001","organizationId":null,"general":false,"name":"all-null","imageName":null,"state":"active","size":null,"entrypoint":null,"cpu":null,"gpu":null,"mem":null,"disk":null,"errorReason":null,"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:00:00.000Z","lastUsedAt":null,"buildInfo":null,"regionIds":null,"initialRunnerId":null,"ref":null}`

// listing serves a list of snapshots instead of the demo's.
func listing(items ...string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/snapshots" {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"items":[%s],"total":%d,"page":1,"totalPages":1}`, strings.Join(items, ","), len(items))
		})
	}
}

func TestMatrixWithFewAndManyRegions(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 4, 60} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			regions := make([]string, n)
			for i := range regions {
				regions[i] = fmt.Sprintf(`{"id":"r%d","name":"region-%d","regionType":"shared","organizationId":null}`, i, i)
			}
			h := newHarness(t, sized(120, 24), func(s *setup) {
				s.handler = func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if r.URL.Path == "/api/regions" {
							w.Header().Set("Content-Type", "application/json")
							_, _ = fmt.Fprintf(w, "[%s]", strings.Join(regions, ","))
							return
						}
						listing(strings.Replace(allNull, `"regionIds":null`, `"regionIds":["r0","r59"]`, 1))(next).ServeHTTP(w, r)
					})
				}
			})
			h.press("m")
			h.golden(fmt.Sprintf("matrix-%d-regions", n))
			for range 70 {
				h.press("right")
			}
			if n == 60 {
				h.sees("region-59")
			}
			for range 70 {
				h.press("left")
			}
			if n > 0 {
				h.sees("region-0")
			}
		})
	}
}

func TestMatrixOverTheDetails(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.press("enter", "3")
	details := h.screen()
	h.press("m")
	h.sees("Regions  where each snapshot can be used", h.cursor())
	h.misses("3▸Build")
	h.press("m")
	if h.screen() != details {
		t.Fatalf("the details are another screen now:\n%s", h.screen())
	}
	h.press("m", "enter")
	h.sees("3▸Build", h.cursor())
	if len(h.app.layers) != 2 {
		t.Fatal("there is more than one way back")
	}
	h.press("esc", "m", "enter", "m")
	h.sees("Regions  where")
	if len(h.app.layers) != 2 {
		t.Fatal("there is more than one way back")
	}
	h.press("esc", "tab", "a")
	h.sees("ACTIVITY since")
}

func TestTheDetailsAreNeverInvisible(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(80, 24))
	for _, keys := range [][]string{{"enter", "enter"}, {"enter", "d"}, {"m", "enter", "enter"}} {
		h.press(keys...)
		h.sees("1▸Overview", "no room for table and details · esc back")
		h.press("esc", "esc")
		h.misses("1▸Overview")
	}
	h.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	h.press("tab", "3")
	h.sees("STATE", "3▸Build")
	h.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	h.misses("STATE ▼")
	h.sees("3▸Build")
	h.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	h.sees("STATE", "3▸Build")
	h.press("enter")
	h.misses("STATE ▼")
	h.press("enter")
	h.sees("STATE ▼")
}

func TestMatrixShowsARegionOnTheSmallestTerminal(t *testing.T) {
	t.Parallel()
	for _, width := range []int{40, 48, 56, 59, 60} {
		h := newHarness(t, sized(width, 12))
		h.press("m")
		if l, _ := find[*matrixLayer](h.app.layerStack); l.visible() < 1 {
			t.Errorf("no region at %d cells:\n%s", width, h.screen())
		}
	}
}

// A narrow matrix gives room of the names to the regions, as soon as it is narrow.
func TestTheMatrixFollowsTheWidth(t *testing.T) {
	t.Parallel()
	narrow := tea.WindowSizeMsg{Width: 48, Height: 12}
	resized := newHarness(t)
	resized.press("m")
	resized.send(narrow)
	opened := newHarness(t, sized(narrow.Width, narrow.Height))
	opened.press("m")
	resized.app.toast, opened.app.toast = dialog.Toast{}, dialog.Toast{}
	if got, want := resized.screen(), opened.screen(); got != want {
		t.Fatalf("after the resize:\n%s\nopened at that size:\n%s", got, want)
	}
	resized.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	opened.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	if got, want := resized.screen(), opened.screen(); got != want {
		t.Fatalf("after two resizes:\n%s\nafter one:\n%s", got, want)
	}
}

// The details open from the table and from the regions, with both keys.
func TestDetailsOpenFromEveryList(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{nil, {"m"}} {
		for _, key := range []string{"enter", "d"} {
			h := newHarness(t)
			h.press(list...)
			h.press(key)
			if !h.app.detail.covers {
				t.Errorf("%s after %q does not open the details", key, list)
			}
		}
	}
}
