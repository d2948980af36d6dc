package ui

import (
	"image"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"

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

// Whatever the size of the terminal, no question is answered before its end was seen.
func TestQuestionsAreReadToTheEnd(t *testing.T) {
	long(t)
	long(t)
	t.Parallel()
	for name, open := range questions() {
		for _, size := range []image.Point{{X: 120, Y: 50}, {X: 80, Y: 24}, {X: 60, Y: 14}, {X: 40, Y: 10}} {
			t.Run(name+" on "+size.String(), func(t *testing.T) {
				r := &scripted{verifyToo: true, result: model.RebuildResult{Outcome: model.OutcomeRebuilt}}
				h := newHarness(t, withRebuilder(r))
				open(h)
				c, ok := h.app.top().(*dialog.Confirm)
				if !ok {
					t.Fatal("nothing is asked")
				}
				question := c.Question
				h.app.pop()
				h.send(tea.WindowSizeMsg{Width: size.X, Height: size.Y})
				h.app.ask(question)
				c = h.app.top().(*dialog.Confirm)
				h.advance(time.Second)
				h.send(tea.WindowSizeMsg{Width: size.X, Height: size.Y})
				scrolls, top := c.RefuseAnswer() != "", body(h.screen())
				for n := 0; c.RefuseAnswer() != ""; n++ {
					h.sees("↓ scroll down", "more", "esc cancel")
					h.press(map[bool]string{true: "y", false: "enter"}[c.Input() == nil])
					if h.app.top() != layer(c) || n > 40 {
						t.Fatalf("%d answers before the end was seen", n)
					}
					h.press([]string{"down", "pgdown"}[n%2])
				}
				h.misses("↓ scroll down")
				end := body(h.screen())
				h.press("down", "pgdown")
				if body(h.screen()) != end {
					t.Fatalf("it scrolls on to\n%s", h.screen())
				}
				h.misses("not bound", "on the screen") // every other key is ignored
				for range 40 {
					h.press("up")
				}
				if back := body(h.screen()); scrolls && (back == end || back != top) {
					t.Fatalf("up does not scroll back to the top:\n%s", back)
				}
				if c.Input() != nil {
					c.Input().SetValue(c.Word)
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

// body are the lines of the dialog on a screen, without the field and the answers.
func body(screen string) string {
	var lines []string
	for line := range strings.Lines(screen) {
		if from, to := strings.Index(line, "│"), strings.LastIndex(line, "│"); from < to {
			lines = append(lines, line[from:to])
		}
	}
	return strings.Join(lines[:len(lines)-4], "\n")
}
