// Package keys knows which key does what where. It checks the keys of the user,
// and makes the help and the footer from the same rows.
package keys

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Action is one thing that a key can do.
type Action struct {
	ID      string      // stable name: "snapshot.delete"
	Group   Group       // heading in the help
	Scope   Scope       // where it works
	Keys    key.Binding // the keys and what the help says of them
	Hint    int         // place in the footer, 0 for none
	Danger  bool        // it changes something on the server
	Exit    bool        // it is the way out of where it works, or shows it, so it must have a key
	Aliases string      // what users of other tools call it, for the palette
	Needs   string      // the permission that the API key must have, "" for none
}

// Group is a heading of the help.
type Group string

// The groups of actions.
const (
	Move    Group = "Move"
	Find    Group = "Find"
	Look    Group = "Look"
	Act     Group = "Act"
	Program Group = "Program"
)

// Groups returns the groups in the order of the help.
func Groups() []Group { return []Group{Move, Find, Look, Act, Program} }

// Bind makes a row's keys: the first argument is what the help says of them.
func Bind(does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shortDisplayNames(keys), does))
}

// Name returns the name of the action on the screen.
func (a *Action) Name() string { return a.Keys.Help().Desc }

// Key returns the action's first key as a sentence names it, or the action's name where
// it has none.
func (a *Action) Key() string {
	if !a.Keys.Enabled() {
		return "“" + a.Name() + "”"
	}
	return DisplayName(a.Keys.Keys()[0])
}

// DisplayNames returns all keys of the action as the help shows them.
func (a *Action) DisplayNames() []string {
	var names []string
	for _, bound := range a.Keys.Keys() {
		names = append(names, DisplayName(bound))
	}
	return names
}

// PaletteAliases returns what other tools and the configuration call the action.
func (a *Action) PaletteAliases() []string { return append(strings.Fields(a.Aliases), a.ID) }

// Fixed reports whether the keys of the action are always the same.
func (a *Action) Fixed() bool { return a.Scope&^(OnConfirm|OnTyped) == 0 }

// OtherCase returns the action of the same letter in upper or lower case, if one
// available in the place.
func OtherCase(table []*Action, scope Scope, pressed tea.KeyMsg) (letter string, act *Action) {
	if pressed.Type != tea.KeyRunes || len(pressed.Runes) != 1 || pressed.Alt {
		return "", nil
	}
	other := unicode.ToUpper(pressed.Runes[0])
	if other == pressed.Runes[0] {
		other = unicode.ToLower(other)
	}
	i := slices.IndexFunc(table, func(act *Action) bool {
		return act.Scope&scope != 0 && slices.Contains(act.Keys.Keys(), string(other))
	})
	if i < 0 {
		return "", nil
	}
	return string(other), table[i]
}
