package ui

import (
	"image"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

// questions open each kind of confirmation.
func questions() map[string]func(*harness) {
	return map[string]func(*harness){
		"delete":         func(h *harness) { h.onOldSnapshot(); h.press("D") },
		"delete, typed":  func(h *harness) { h.filterFor("node-20-agents"); h.press("D") },
		"delete many":    func(h *harness) { h.markOld(12); h.press("D") },
		"rebuild":        func(h *harness) { h.onQuiet(); h.press("R") },
		"rebuild, typed": func(h *harness) { h.filterFor("node-20-agents"); h.press("R") },
	}
}

func (h *harness) filterFor(name string) {
	h.t.Helper()
	h.press("/")
	h.typ(name)
	h.press("enter")
	if h.cursor() != name {
		h.t.Fatalf("the cursor is on %s", h.cursor())
	}
}

// Whatever the size of the terminal, all of a question can be read, and no answer is
// taken before that.
func TestQuestionsAreReadToTheEnd(t *testing.T) {
	for name, open := range questions() {
		for _, size := range []image.Point{{X: 120, Y: 50}, {X: 80, Y: 24}, {X: 60, Y: 14}, {X: 40, Y: 10}} {
			t.Run(name+" on "+size.String(), func(t *testing.T) {
				r := &scripted{verifyToo: true, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
				h := newHarness(t, withRebuilder(r))
				open(h)
				c, ok := h.app.top().(*confirm)
				if !ok {
					t.Fatal("nothing is asked")
				}
				h.send(tea.WindowSizeMsg{Width: size.X, Height: size.Y})
				seen := map[string]bool{}
				look := func() {
					h.sees("esc " + c.no)
					for _, line := range c.layout.body[c.scroll : c.scroll+c.layout.room] {
						seen[line.String()] = true
						h.sees(strings.TrimSpace(line.String()))
					}
				}
				look()
				c.read = false // as if it had been opened at this size
				h.send(tea.WindowSizeMsg{Width: size.X, Height: size.Y})
				for n := 0; !c.read; n++ {
					h.sees("↓ read on", "more")
					h.press("y", "enter")
					if h.app.top() != c || n > 40 {
						t.Fatalf("%d answers before the end was seen", n)
					}
					h.press("down")
					look()
				}
				h.misses("↓ read on")
				end := c.scroll
				h.press("down", "pgdown")
				if c.scroll != end {
					t.Fatalf("it scrolls on from %d to %d", end, c.scroll)
				}
				h.misses("does nothing", "on the screen") // every other key is ignored
				for _, line := range c.layout.body {
					if !seen[line.String()] {
						t.Errorf("never seen: %q", line)
					}
				}
				if c.field != nil {
					c.field.SetValue(c.word)
					h.press("enter")
				} else {
					h.press("y")
				}
				if h.app.top() == layer(c) {
					t.Fatal("the answer is not taken")
				}
			})
		}
	}
}
