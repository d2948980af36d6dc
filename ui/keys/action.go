// Package keys implements key bindings: scopes, remapping, help and footer.
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
	Keys    key.Binding // keys and help text
	Hint    int         // position in the footer, 0 for none
	Danger  bool        // changes something on the server
	Exit    bool        // leaves a screen, or shows how to, so it must have a key
	Aliases string      // names in other tools, for the palette; separated by spaces
	Needs   string      // required permission of the API key, "" for none
}

// Group is a heading of the help.
type Group string

// The groups of actions.
const (
	Find    Group = "Find"
	Look    Group = "Look"
	Act     Group = "Act"
	Program Group = "Program"
	Move    Group = "Move"
)

// Groups returns the groups in help order.
func Groups() []Group { return []Group{Find, Look, Act, Program, Move} }

// Bind returns a binding of keys with a help text.
func Bind(help string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shortDisplayNames(keys), help))
}

// Name returns the display name of the action.
func (a *Action) Name() string { return a.Keys.Help().Desc }

// Key returns the display name of the action's first key, or the quoted name of the action
// if it has no key.
func (a *Action) Key() string {
	if !a.Keys.Enabled() {
		return "“" + a.Name() + "”"
	}
	return DisplayName(a.Keys.Keys()[0])
}

// DisplayNames returns the display names of all keys of the action.
func (a *Action) DisplayNames() []string {
	var names []string
	for _, bound := range a.Keys.Keys() {
		names = append(names, DisplayName(bound))
	}
	return names
}

// PaletteAliases returns the aliases and the id of the action.
func (a *Action) PaletteAliases() []string { return append(strings.Fields(a.Aliases), a.ID) }

// Fixed reports whether the keys of the action cannot be remapped.
func (a *Action) Fixed() bool { return a.Scope&^(OnConfirm|OnTyped) == 0 }

// OtherCase returns the pressed letter in the other case and its action in the scope, or ""
// and nil if there is none.
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
