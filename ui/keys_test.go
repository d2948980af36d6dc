package ui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
)

// TestNoOtherKeyChangesAnything types everything that hands trained on other
// tools would type, in every place, and looks at what reached the server.
func TestNoOtherKeyChangesAnything(t *testing.T) {
	long(t)
	t.Parallel()
	var wrote []string
	h := newHarness(t, func(s *setup) {
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.Contains(r.URL.Path, "/build-logs") {
					status(404, "{}")(w, r) // a log that is followed would wait for the clock
					return
				}
				if r.Method != http.MethodGet {
					wrote = append(wrote, r.Method+" "+r.URL.Path)
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	keys := []string{"enter", "tab", "shift+tab", "up", "down", "left", "right", "pgup", "pgdown", "home", "end", "backspace", " ", "ctrl+d", "ctrl+u", "ctrl+r", "ctrl+n", "ctrl+p"}
	for r := 'a'; r <= 'z'; r++ {
		if r != 'q' {
			keys = append(keys, string(r))
		}
	}
	for r := '!'; r <= '@'; r++ {
		keys = append(keys, string(r))
	}
	for _, opener := range []string{"", "enter", "m", "tab", "?", "s", "f"} {
		for _, key := range keys {
			for len(h.app.layers) > 1 {
				h.press("esc")
			}
			h.press("esc")
			if opener != "" {
				h.press(opener)
			}
			h.press(key, key, "y", "enter")
		}
	}
	if len(wrote) > 0 {
		t.Fatalf("keys that only look changed something: %v", wrote)
	}
}

func TestKeysOfOneReadNeverConfirm(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.onOldSnapshot()
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Dy")})
	h.sees("DELETE /snapshots/")
	h.send(keyNamed("y")) // in the same moment: another read, but nobody has seen the dialog
	if len(h.app.state.Pending) > 0 {
		t.Fatal("a key that was typed before the dialog stood there confirmed it")
	}
	h.clock.now = h.clock.now.Add(time.Second)
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("y"), Paste: true})
	h.press("enter", "n", "Y", "D", " ")
	if len(h.app.state.Pending) > 0 {
		t.Fatal("something else than y confirmed")
	}
	h.press("esc")
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jj")})
	h.misses("DELETE /snapshots/")
}

// The field's own ctrl+v would start a tool of the system to read its clipboard.
func TestPastingIsTheTerminals(t *testing.T) {
	t.Parallel()
	ctrlV := tea.KeyMsg{Type: tea.KeyCtrlV}
	for name, open := range map[string]func(*harness){
		"filter":  func(h *harness) { h.press("/") },
		"palette": func(h *harness) { h.press(":") },
		"search":  func(h *harness) { h.press("enter", "/") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			open(h)
			if _, cmd := h.app.Update(ctrlV); cmd != nil {
				t.Error("it runs something")
			}
			h.sees("ctrl+v does nothing here · the terminal pastes with its own key")
			h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("node"), Paste: true})
			h.sees("node█")
		})
	}
	t.Run("a word to type", func(t *testing.T) {
		h := newHarness(t)
		h.app.ask(dialog.Question{Word: "node"})
		h.advance(time.Second)
		if _, cmd := h.app.Update(ctrlV); cmd != nil {
			t.Error("it runs something")
		}
		h.sees("a paste is no answer: type it")
	})
}

func TestAStrangeKeyTellsWhichKeyDoes(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for key, want := range map[string]string{
		"e": "e does nothing here · E is: edit the Dockerfile",
		"i": "i does nothing here · I is: deactivate",
		"L": "L does nothing here · l is: build log",
		"u": "u does nothing here · ? shows the keys",
		"x": "x does nothing here · X is: stop its rebuild",
	} {
		h.press(key)
		h.sees(want)
	}
	h.onOldSnapshot()
	h.press("D", "u")
	h.misses("u does nothing here")
}
