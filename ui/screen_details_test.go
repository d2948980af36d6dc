package ui

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/inspect"
)

// allNull is a snapshot without any value that the server may leave out.
const allNull = `{"id":"00000000-0000-4000-8000-000000000001","organizationId":null,"general":false,"name":"all-null","imageName":null,"state":"active","size":null,"entrypoint":null,"cpu":null,"gpu":null,"mem":null,"disk":null,"errorReason":null,"createdAt":"2026-11-20T10:00:00.000Z","updatedAt":"2026-11-20T10:00:00.000Z","lastUsedAt":null,"buildInfo":null,"regionIds":null,"initialRunnerId":null,"ref":null}`

// listOf serves a list of snapshots instead of the demo's.
func listOf(items ...string) func(http.Handler) http.Handler {
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

// The tabs keep their digits and names, which can be short, wherever the details are next to
// the table.
func TestTabsKeepTheirNamesNextToTheTable(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(140, 45))
	for width := 140; width <= 200; width++ {
		h.send(tea.WindowSizeMsg{Width: width, Height: 45})
		for open := range inspect.Tabs() {
			h.press(strconv.Itoa(open + 1))
			line := strings.Split(h.screen(), "\n")[h.app.screen.DetailHead.Min.Y+1]
			for i, tab := range inspect.Tabs() {
				whole, short := fmt.Sprintf("%d %s", i+1, tab.Name), fmt.Sprintf("%d %s ", i+1, cmp.Or(tab.Short, tab.Name))
				if i == open {
					whole, short = fmt.Sprintf("%d▸%s", i+1, tab.Name), whole
				}
				if !strings.Contains(line, whole) && !strings.Contains(line+" ", short) {
					t.Fatalf("at %d columns the tab %s has no name: %s", width, tab.Name, line)
				}
			}
		}
		if table := h.app.screen.Table.Dx(); table < 80 {
			t.Fatalf("at %d columns the table has %d", width, table)
		}
	}
}
