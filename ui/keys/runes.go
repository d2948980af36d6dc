package keys

import tea "github.com/charmbracelet/bubbletea"

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
