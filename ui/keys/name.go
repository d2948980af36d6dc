package keys

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

const alt = "alt+"

// displayNames maps Bubble Tea names to different display names.
var displayNames = map[string]string{" ": "space", "pgdown": "pgdn", "down": "↓", "up": "↑", "left": "←", "right": "→"}

// DisplayName returns the display name of a key.
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

// shortDisplayNames returns the display names of as many keys as fit into the help, or a dash
// if there are none.
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

// parseKey returns the Bubble Tea name of a key, and whether the key exists.
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

// keyNames returns the names of all keys that are not characters.
func keyNames() []string {
	names := []string{"space"}
	for t := tea.KeyF20; t <= tea.KeyBackspace; t++ {
		if name := t.String(); t != tea.KeyRunes && len(name) > 1 {
			names = append(names, name)
		}
	}
	return names
}

// allowedForDanger reports whether a key may have a dangerous action: upper-case letters,
// except G and N, which only move.
func allowedForDanger(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size == len(key) && unicode.IsUpper(r) && r != 'G' && r != 'N'
}

// typesCharacter reports whether a key types a character in a text field.
func typesCharacter(key string) bool {
	return utf8.RuneCountInString(strings.TrimPrefix(key, alt)) == 1
}
