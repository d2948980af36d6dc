package ui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// The reason of a failed row has at least this much room where its idle cells hold nothing,
// and two cells are between two columns.
func TestRoomForReasons(t *testing.T) {
	t.Parallel()
	for size, want := range map[[2]int]int{{80, 24}: 36, {100, 30}: 36, {120, 36}: 40, {160, 45}: 40, {200, 50}: 40} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			h := newHarness(t, sized(size[0], size[1]))
			h.press("/")
			h.typ("log-parser-fuzz") // has a long reason and was never used
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
