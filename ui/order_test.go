package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTheArrowIsWhereTheOrderIs(t *testing.T) {
	h := newHarness(t)
	h.sees("STATE ▼")
	h.press("/")
	h.typ("node")
	h.sees("best match first")
	h.misses("▼")
	h.press("enter", "s", "g", "enter")
	h.sees("the best match comes first; without a word in the filter the rows are sorted by name")
	h.misses("▼")
	h.press("esc")
	h.sees("NAME ▼")
}

func TestANoteOfAKeyGoesWithTheNextKey(t *testing.T) {
	h := newHarness(t)
	h.press("e")
	h.sees("e does nothing here")
	h.press("j")
	h.misses("does nothing here")
	h.app.toast.show(toastFailed, "the server refused it", h.clock.now)
	h.press("k")
	h.sees("the server refused it")
}

func TestUnknownStatesAreOneNumberWithoutWords(t *testing.T) {
	h := newHarness(t, func(s *setup) {
		s.handler = newBroken(status(200, `{"items":[{"id":"1","name":"a","state":"thawing_slowly"},{"id":"2","name":"b","state":"thawing_slowly"},
			{"id":"3","name":"c","state":"melting_for_a_while"}],"total":3}`)).over
	})
	h.sees("? 2 thawing slowly", "? 1 melting")
	h.send(tea.WindowSizeMsg{Width: 40, Height: 12})
	if counts := strings.Split(h.screen(), "\n")[1]; !strings.Contains(counts, "? 3") || strings.Contains(counts, "? 2") {
		t.Fatalf("the counts are %q", counts)
	}
}
