package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTheFooterIsNeverCut(t *testing.T) {
	long(t)
	long(t)
	t.Parallel()
	for _, keys := range [][]string{nil, {"enter"}, {"m"}, {"/"}, {"a"}} {
		h := newHarness(t)
		h.press(keys...)
		for w := 40; w <= 200; w++ {
			h.send(tea.WindowSizeMsg{Width: w, Height: 30})
			lines := strings.Split(h.screen(), "\n")
			if footer := lines[len(lines)-1]; strings.Contains(footer, "…") {
				t.Fatalf("after %q at %d cells: %q", keys, w, footer)
			}
		}
	}
}
