package ui

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// counted is a harness that counts the requests that change something.
func counted(t *testing.T) (h *harness, changes *atomic.Int64) {
	t.Helper()
	changes = new(atomic.Int64)
	h = newHarness(t, func(s *setup) {
		s.handler = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method != http.MethodGet {
					changes.Add(1)
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	return h, changes
}

// asked is a harness with an open question that was asked just now.
func asked(t *testing.T) (h *harness, changes *atomic.Int64) {
	t.Helper()
	h, changes = counted(t)
	h.pressAfter(time.Second, "D")
	h.sees("◌ y delete")
	return h, changes
}

func (h *harness) asking() bool {
	_, asked := h.app.top().(*dialog.Confirm)
	return asked
}

// Words that are typed as if the filter were open.
func TestAWordChangesNothing(t *testing.T) {
	t.Parallel()
	h, changes := counted(t)
	for _, word := range []string{
		"Daily", "Deploy", "Delivery", "Dry", "Diary", "Directory", "Destroy", "Discovery", "Dummy", "Daytona-y",
		"Ruby", "Rely", "Ready", "Registry", "Recovery", "Retry", "Any", "Anybody", "Identity", "Inventory",
	} {
		for _, pause := range []time.Duration{20 * time.Millisecond, 200 * time.Millisecond, 499 * time.Millisecond, 900 * time.Millisecond} {
			for _, letter := range word {
				h.advance(pause)
				h.pressAfter(0, string(letter))
			}
			h.advance(time.Second)
			for range 3 {
				h.pressAfter(time.Second, "esc")
			}
			if n := changes.Load(); n > 0 {
				t.Fatalf("%s with %v between its letters sent %d requests", word, pause, n)
			}
		}
	}
}

func TestAnAnswerWaitsUntilTheQuestionIsArmed(t *testing.T) {
	t.Parallel()
	h, changes := asked(t)
	h.pressAfter(dialog.ArmAfter-time.Millisecond, "y")
	if changes.Load() > 0 || !h.asking() {
		t.Fatal("y counts too early")
	}
	h.advance(dialog.ArmAfter) // it draws itself again
	h.sees("● y delete")
	h.pressAfter(time.Millisecond, "y")
	if changes.Load() != 1 {
		t.Errorf("%d requests after y, want 1", changes.Load())
	}
}

func TestHeldKeysNeverConfirm(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"D", "y"} {
		h, changes := asked(t)
		for range 100 {
			h.advance(33 * time.Millisecond)
			h.pressAfter(0, key)
		}
		if changes.Load() > 0 || !h.asking() {
			t.Errorf("%s held: %d requests, a question %v", key, changes.Load(), h.asking())
		}
	}
}

func TestOneReadConfirmsOnce(t *testing.T) {
	t.Parallel()
	h, changes := counted(t)
	h.advance(time.Second)
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Dy")})
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("Dy")})
	h.advance(dialog.ArmAfter)
	if changes.Load() > 0 || !h.asking() {
		t.Errorf("%d requests, a question %v", changes.Load(), h.asking())
	}
	h.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("yy")})
	if changes.Load() != 1 {
		t.Errorf("yy of one read sent %d requests, want 1", changes.Load())
	}
}

// Only keys count: not a paste, the mouse, the focus or the size of the window.
func TestOnlyKeysDisturbAQuestion(t *testing.T) {
	t.Parallel()
	for name, msg := range map[string]tea.Msg{
		"paste":  tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("y"), Paste: true},
		"mouse":  tea.MouseMsg{Action: tea.MouseActionPress, Button: tea.MouseButtonLeft, X: 1, Y: 1},
		"blur":   tea.BlurMsg{},
		"focus":  tea.FocusMsg{},
		"resize": tea.WindowSizeMsg{Width: 100, Height: 30},
	} {
		h, changes := asked(t)
		h.advance(dialog.ArmAfter - time.Millisecond)
		h.send(msg)
		h.advance(time.Millisecond)
		h.sees("● y delete") // the wait was not started again
		h.send(msg)
		if changes.Load() > 0 || !h.asking() {
			t.Errorf("%s: %d requests, a question %v", name, changes.Load(), h.asking())
		}
	}
}

func TestScrollKeysStartTheWaitAgainAndDoNotDisarm(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"up", "down", "pgup", "pgdown", "home", "end"} {
		h, _ := asked(t)
		h.advance(dialog.ArmAfter - time.Millisecond)
		h.pressAfter(0, key)
		h.advance(dialog.ArmAfter - time.Millisecond)
		h.sees("◌ y delete")
		h.advance(time.Millisecond)
		h.pressAfter(0, key)
		h.sees("● y delete")
	}
}

// A key that is no answer cancels, and so the rest of its word does nothing.
func TestAnyOtherKeyCancels(t *testing.T) {
	t.Parallel()
	h, changes := asked(t)
	h.advance(dialog.ArmAfter)
	h.pressAfter(0, "x")
	h.sees("cancelled: x is not an answer")
	for _, letter := range "Dy?" {
		h.advance(keys.DropQuiet - time.Millisecond)
		h.pressAfter(0, string(letter))
	}
	if h.asking() || len(h.app.layers) > 1 || changes.Load() > 0 {
		t.Error("a key of the same word does something")
	}
	h.advance(keys.DropQuiet)
	h.pressAfter(0, "?")
	if len(h.app.layers) != 2 {
		t.Error("a key after a pause does nothing")
	}
}

func TestKeysAreNotDroppedForLong(t *testing.T) {
	t.Parallel()
	h, _ := asked(t)
	h.advance(dialog.ArmAfter)
	h.pressAfter(0, "x")
	for elapsed := time.Duration(0); elapsed < keys.DropMax; elapsed += 100 * time.Millisecond {
		h.advance(100 * time.Millisecond)
		h.pressAfter(0, "z")
	}
	h.pressAfter(0, "?")
	if len(h.app.layers) != 2 {
		t.Error("keys are still dropped")
	}
	h.pressAfter(0, "ctrl+c")
	if !h.quit {
		t.Error("ctrl+c does not quit")
	}
}

func TestLeavingAQuestionNeedsNoWait(t *testing.T) {
	t.Parallel()
	h, _ := asked(t)
	h.pressAfter(0, "esc")
	if h.asking() {
		t.Error("esc does not cancel")
	}
	h, _ = asked(t)
	h.pressAfter(0, "ctrl+c")
	if !h.quit {
		t.Error("ctrl+c does not quit")
	}
}

func TestAWordIsTypedAfterTheWait(t *testing.T) {
	t.Parallel()
	h, changes := counted(t)
	h.pressAfter(time.Second, "/")
	h.typ("state:active used:<1d")
	h.press("enter", "D")
	confirm, ok := h.app.top().(*dialog.Confirm)
	if !ok || confirm.Input() == nil {
		t.Fatalf("no word is asked for:\n%s", h.screen())
	}
	h.pressAfter(time.Millisecond, "n")
	if confirm.Input().Value() != "" {
		t.Error("a letter counts too early")
	}
	h.advance(dialog.ArmAfter)
	for _, letter := range confirm.Word {
		h.pressAfter(0, string(letter))
	}
	h.pressAfter(0, "enter")
	if changes.Load() != 1 {
		t.Errorf("%d requests, want 1", changes.Load())
	}
}
