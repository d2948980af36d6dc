package ui

import (
	"net/http"
	"slices"
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
	h.send(keyNamed("y")) // in the same moment: another read, but the dialog was not visible yet
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
			h.sees("ctrl+v is not bound here · paste with the key of your terminal")
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
		h.sees("pasted text is not accepted: type it")
	})
}

// TestAnUnboundKeyTellsWhichKeyDoes presses every letter that does nothing on the
// table: the answer names the other case of the letter, or the help.
func TestAnUnboundKeyTellsWhichKeyDoes(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	others := 0
	for _, letter := range letters() {
		if h.runs(letter) != nil {
			continue
		}
		other := strings.ToUpper(letter)
		if other == letter {
			other = strings.ToLower(letter)
		}
		want := "? help"
		if act := h.runs(other); act != nil {
			others++
			want = other + " " + act.Name()
		}
		h.press(letter)
		h.sees(letter + " is not bound here · " + want)
	}
	if others == 0 {
		t.Fatal("every letter does something in both cases")
	}
	free := h.freeKey()
	h.onOldSnapshot()
	h.press("D", free)
	h.misses(free + " is not bound here")
}

// letters are the letters in both cases.
func letters() []string {
	return strings.Split("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "")
}

// runs is the action that a key runs in the open place, nil for none.
func (h *harness) runs(pressed string) *action {
	for i := range h.app.actions {
		if act := &h.app.actions[i]; act.Scope&h.app.top().Scope() != 0 && slices.Contains(act.Keys.Keys(), pressed) {
			return act
		}
	}
	return nil
}

// freeKey is a letter that does nothing in the open place, in neither case.
func (h *harness) freeKey() string {
	h.t.Helper()
	for _, letter := range letters() {
		if h.runs(strings.ToLower(letter)) == nil && h.runs(strings.ToUpper(letter)) == nil {
			return letter
		}
	}
	h.t.Fatal("every letter does something")
	return ""
}
