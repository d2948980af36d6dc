package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/ui/row"
)

// The reason of a failed row has at least this much room, whether the snapshot was used or not,
// and two cells are between two columns.
func TestRoomForReasons(t *testing.T) {
	t.Parallel()
	for size, want := range map[[2]int]int{{80, 24}: 36, {100, 30}: 36, {120, 36}: 40, {160, 45}: 40, {200, 50}: 40} {
		for _, name := range []string{"log-parser-fuzz", "python-agents-prod"} { // never used, and used an hour ago
			t.Run(fmt.Sprintf("%dx%d %s", size[0], size[1], name), func(t *testing.T) {
				t.Parallel()
				h := newHarness(t, sized(size[0], size[1]))
				h.press("/")
				h.typ(name) // has a long reason
				_, line, _ := strings.Cut(h.screen(), "▌  ")
				line, _, _ = strings.Cut(line, "\n")
				_, reason, _ := strings.Cut(line, "✗ error         ")
				reason, _, ok := strings.Cut(reason, "…")
				if !ok || !strings.Contains(reason, " ago · ") || ansi.StringWidth(reason)+1 < want {
					t.Errorf("the reason has %d cells, want %d:\n%s", ansi.StringWidth(reason)+1, want, h.screen())
				}
			})
		}
	}
}

// In the order of last use, a reason does not cover it.
func TestReasonLeavesTheSortedColumn(t *testing.T) {
	t.Parallel()
	h := newHarness(t, sized(100, 30))
	h.press("/")
	h.typ("state:error")
	h.press("enter")
	h.misses("pull: manifest…      2h")
	h.run(h.app.sortBy(row.ColumnUsed))
	h.sees("USED ▼", "pull: manifest…      2h")
}
