package ui

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
)

// Two snapshots at the ends of what a server may send: one of which it tells
// nothing that it may leave out, and one with everything, a newer property and
// hostile text included.
const (
	allNull = `{"id":"00000000-0000-4000-8000-000000000001","organizationId":null,"general":false,"name":"all-null","imageName":null,"state":"active","size":null,"entrypoint":null,"cpu":null,"gpu":null,"mem":null,"disk":null,"errorReason":null,"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:00:00.000Z","lastUsedAt":null,"buildInfo":null,"regionIds":null,"initialRunnerId":null,"ref":null}`
	allSet  = `{"id":"00000000-0000-4000-8000-000000000002","organizationId":"8a108392-77cd-45d7-a325-b25b6784251e","general":true,"name":"all-set \u202e\u001b[31m","imageName":"registry.acme.dev/ml/cuda:12.6","state":"error","size":17.25,"entrypoint":["sleep","infinity"],"cpu":4,"gpu":1,"gpuType":"H100","mem":8,"disk":10,"errorReason":"first line\r\n\tsecond\u001b]0;pwned\u0007 line","createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-24T21:59:00.000Z","lastUsedAt":"2026-11-24T21:58:00.000Z","buildInfo":{"dockerfileContent":"FROM alpine:3.20\nRUN echo hello\nRUN echo world\n","contextHashes":["bb","aa"],"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:05:00.000Z","snapshotRef":"daytona-x:daytona"},"regionIds":["us","nowhere"],"initialRunnerId":"f3573bdc-bb62-4923-b05b-313dee9c60b3","ref":"registry.daytona.io/daytona/daytona-e20af812c83bbf8f2ffb5ef7f1b0f1a5fba1bf1742dd43271177d43060c0812e:daytona","sandboxClass":"container","sourceSandboxId":"sandbox-7","warmth":{"degrees":21}}`
)

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

func TestEveryTabOfExtremeSnapshots(t *testing.T) {
	t.Parallel()
	for name, item := range map[string]string{"null": allNull, "set": allSet} {
		for i, tab := range inspect.Tabs() {
			golden := fmt.Sprintf("all-%s-%s", name, strings.ToLower(tab.Name))
			t.Run(golden, func(t *testing.T) {
				h := newHarness(t, sized(120, 60), func(s *setup) { s.handler = listing(item) })
				h.press("enter", fmt.Sprint(i+1))
				h.golden(golden)
			})
		}
	}
}

func TestOverviewKeepsAbsentNullAndZeroApart(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(120, 60), func(s *setup) { s.handler = listing(allNull) })
	h.press("enter")
	h.sees("size          none", "CPU none", "class         not sent by the server", "last used     none")
	zero := strings.Replace(strings.Replace(allNull, `"size":null`, `"size":0`, 1), `"cpu":null`, `"cpu":0`, 1)
	h = newHarness(t, sized(120, 60), func(s *setup) { s.handler = listing(zero) })
	h.press("enter")
	h.sees("size          0.00 GB", "0 CPU")
}

func TestOverviewShowsUnknownPropertiesAndStates(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(120, 70), func(s *setup) {
		s.handler = listing(strings.Replace(allSet, `"state":"error"`, `"state":"hibernating"`, 1))
	})
	h.sees("? 1", "? hibernating")
	h.press("enter")
	h.sees("warmth", `{"degrees":21}`, "unknown to this version of snapdeck", "nowhere", "(unknown)", "from sandbox  sandbox-7")
}

func TestBuildTabSaysWhetherTheRefIsTheHash(t *testing.T) {
	t.Parallel()
	h := newHarness(t, func(s *setup) { s.handler = listing(allSet) })
	h.press("enter", "3")
	h.sees("not the hash of the Dockerfile and context shown here", "bb", "aa")
	h = newHarness(t)
	h.onQuiet()
	h.press("enter", "3")
	h.sees("the hash of the Dockerfile and context shown here")
	h.misses("not the hash")
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
		h.sees("1▸Overview", "there is no room for the details beside the table · esc closes them")
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
