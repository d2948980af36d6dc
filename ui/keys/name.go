package keys

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

const alt = "alt+"

// displayNames are the keys that the help shows by another name than Bubble Tea's.
var displayNames = map[string]string{" ": "space", "pgdown": "pgdn", "down": "↓", "up": "↑", "left": "←", "right": "→"}

// DisplayName returns a key as the help shows it.
func DisplayName(key string) string {
	base, withAlt := strings.CutPrefix(key, alt)
	if shown, ok := displayNames[base]; ok {
		base = shown
	}
	if withAlt {
		return alt + base
	}
	return base
}

// shortDisplayNames returns as many of the keys as the help has room for; without any it is a dash.
func shortDisplayNames(keys []string) string {
	if len(keys) == 0 {
		return "–"
	}
	shown := DisplayName(keys[0])
	for _, key := range keys[1:] {
		if longer := shown + " " + DisplayName(key); utf8.RuneCountInString(longer) < helpKeyCells {
			shown = longer
		}
	}
	return shown
}

// parseKey returns the key of that name as Bubble Tea calls it, and whether there
// is one.
func parseKey(name string) (string, bool) {
	base, withAlt := strings.CutPrefix(name, alt)
	for key, shown := range displayNames {
		if base == shown {
			base = key
		}
	}
	r, size := utf8.DecodeRuneInString(base)
	character := size > 0 && size == len(base) && r != utf8.RuneError && unicode.IsGraphic(r) && !unicode.Is(unicode.M, r)
	if !character && !slices.Contains(keyNames(), base) {
		return name, false
	}
	if withAlt {
		return alt + base, true
	}
	return base, true
}

// keyNames returns the names of all keys that are no character.
func keyNames() []string {
	names := []string{"space"}
	for t := tea.KeyF20; t <= tea.KeyBackspace; t++ {
		if name := t.String(); t != tea.KeyRunes && len(name) > 1 {
			names = append(names, name)
		}
	}
	return names
}

// allowedForDanger reports whether a key may change something: G and N only move.
func allowedForDanger(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size == len(key) && unicode.IsUpper(r) && r != 'G' && r != 'N'
}

// typesCharacter reports whether a key puts a character where a text is typed.
func typesCharacter(key string) bool {
	return utf8.RuneCountInString(strings.TrimPrefix(key, alt)) == 1
}
