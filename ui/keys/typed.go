package keys

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	// DropQuiet is the pause that ends a word.
	DropQuiet = 300 * time.Millisecond
	// DropMax bounds how long keys are dropped.
	DropMax = 2 * time.Second
)

// Drop drops the rest of a word. The zero Drop drops nothing.
type Drop struct {
	from, last time.Time // when it began, and when the latest key came
}

// DropFrom returns a Drop that begins now.
func DropFrom(now time.Time) Drop { return Drop{from: now, last: now} }

// Drops reports whether a key is dropped. Esc and ctrl+c never are.
func (d *Drop) Drops(pressed tea.KeyMsg, now time.Time) bool {
	if d.from.IsZero() || pressed.Type == tea.KeyEsc || pressed.Type == tea.KeyCtrlC {
		return false
	}
	if now.Sub(d.last) >= DropQuiet || now.Sub(d.from) >= DropMax {
		*d = Drop{}
		return false
	}
	d.last = now
	return true
}

// Runes splits a message into its runes. The text field knows its keys by their
// names, so letters that came in one read could be the key "end" or "delete".
func Runes(pressed tea.KeyMsg) []tea.KeyMsg {
	if pressed.Type != tea.KeyRunes || pressed.Paste {
		return []tea.KeyMsg{pressed}
	}
	var all []tea.KeyMsg
	for _, r := range pressed.Runes {
		all = append(all, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: pressed.Alt})
	}
	return all
}
