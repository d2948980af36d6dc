package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// Keymap gives actions other keys, by the actions' ids. An action that is not in
// it keeps its keys; one with no keys at all is reached through the palette only.
// Keys have the names of Bubble Tea ("d", "ctrl+r", "enter"), and those that the
// help shows ("space", "pgdn", "↓"). What leads out of a place must have a key.
//
// A keymap changes where keys are, never what protects: a dangerous action wants
// an upper-case letter, and a confirmation is always answered in the same way.
type Keymap map[string][]string

// KeyProblem is one reason why a keymap cannot be used.
type KeyProblem struct {
	Action string // the entry that is wrong
	Key    string // the key of the entry that is wrong, as written; "" for the whole entry
	Reason string
	// Names are what could have been written where a name is unknown, else nil.
	Names []string
}

// ActionIDs returns the names of all actions that a [Keymap] can have.
func ActionIDs() []string {
	var ids []string
	for _, act := range actionTable() {
		if !act.fixed() {
			ids = append(ids, act.id)
		}
	}
	return ids
}

// Problems returns all that is wrong with the keymap, the entries in the order of
// their names. Without any it can be used.
func (m Keymap) Problems() []KeyProblem {
	_, problems := m.apply(actionTable())
	return problems
}

// keyed is the action table with the keys of the user, or as it was where they
// cannot be used.
func keyed(table []action, m Keymap) []action {
	if changed, problems := m.apply(table); len(problems) == 0 {
		return changed
	}
	return table
}

// apply returns a changed copy of the table, and what is wrong with it.
func (m Keymap) apply(table []action) ([]action, []KeyProblem) {
	table = slices.Clone(table)
	var problems []KeyProblem
	for _, id := range slices.Sorted(maps.Keys(m)) {
		i := slices.IndexFunc(table, func(act action) bool { return act.id == id })
		if i < 0 {
			problems = append(problems, KeyProblem{Action: id, Reason: fmt.Sprintf("no action is called %q", id), Names: ActionIDs()})
			continue
		}
		keys, wrong := table[i].rekeyed(m[id])
		problems = append(problems, wrong...)
		table[i].keys = binding(table[i].keys.Help().Desc, keys...)
	}
	if len(problems) > 0 {
		return table, problems // a wrong entry would only be told again
	}
	return table, m.conflicts(table)
}

// rekeyed checks the keys that an action is to have, and returns them as Bubble
// Tea calls them.
func (act *action) rekeyed(names []string) (keys []string, problems []KeyProblem) {
	if act.fixed() {
		return nil, []KeyProblem{{Action: act.id, Reason: "a confirmation is always answered with y, enter and esc"}}
	}
	for _, name := range names {
		problem := KeyProblem{Action: act.id, Key: name}
		key, known := keyCalled(name)
		switch {
		case !known:
			problem.Reason, problem.Names = fmt.Sprintf("no key is called %q", name), keyNames()
		case act.danger && !isActingKey(key):
			problem.Reason = fmt.Sprintf("%s changes something on the server: want an upper-case letter other than G and N, not %q", act.id, name)
		case act.scope&^typing == 0 && prints(key):
			problem.Reason = fmt.Sprintf("%s works while a text is typed: want a key that types nothing, not %q", act.id, name)
		}
		if problem.Reason != "" {
			problems = append(problems, problem)
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if act.exit && len(keys) == 0 && len(problems) == 0 {
		problems = append(problems, KeyProblem{Action: act.id, Reason: act.id + " is or shows the way out, so it must have a key"})
	}
	return keys, problems
}

// typing are the places where what is typed is text.
const typing = onFilter | onTyped | onSearch | onPalette

// fixed reports whether the keys of the action are always the same.
func (act *action) fixed() bool { return act.scope&^(onConfirm|onTyped) == 0 }

// conflicts finds keys that would do two things in one place.
func (m Keymap) conflicts(table []action) []KeyProblem {
	var problems []KeyProblem
	for i := range table {
		for j := range table[:i] {
			one, other := &table[j], &table[i]
			if one.scope&other.scope == 0 {
				continue
			}
			entry := one // the one that the user has written, the later one of two
			if _, ours := m[other.id]; ours {
				entry = other
			}
			for _, key := range one.keys.Keys() {
				if !slices.Contains(other.keys.Keys(), key) {
					continue
				}
				problems = append(problems, KeyProblem{
					Action: entry.id, Key: m.written(entry.id, key),
					Reason: fmt.Sprintf("%s would do both %s and %s: give one of them another key, or [] for none", shownKey(key), one.id, other.id),
				})
			}
		}
	}
	return problems
}

// written is how the user wrote a key of the action.
func (m Keymap) written(id, key string) string {
	for _, name := range m[id] {
		if same, _ := keyCalled(name); same == key {
			return name
		}
	}
	return key
}

// isActingKey reports whether a key may change something: G and N only move.
func isActingKey(key string) bool {
	r, size := utf8.DecodeRuneInString(key)
	return size == len(key) && unicode.IsUpper(r) && r != 'G' && r != 'N'
}

// prints reports whether a key puts a character where a text is typed.
func prints(key string) bool {
	return utf8.RuneCountInString(strings.TrimPrefix(key, alt)) == 1
}

const alt = "alt+"

// shownAs are the keys that the help shows by another name than Bubble Tea's.
var shownAs = map[string]string{" ": "space", "pgdown": "pgdn", "down": "↓", "up": "↑", "left": "←", "right": "→"}

// shownKey is a key as the help shows it.
func shownKey(key string) string {
	base, withAlt := strings.CutPrefix(key, alt)
	if shown, ok := shownAs[base]; ok {
		base = shown
	}
	if withAlt {
		return alt + base
	}
	return base
}

// shownKeys are as many of the keys as the help has room for; none have a dash.
func shownKeys(keys []string) string {
	if len(keys) == 0 {
		return none
	}
	shown := shownKey(keys[0])
	for _, key := range keys[1:] {
		if longer := shown + " " + shownKey(key); utf8.RuneCountInString(longer) < helpKeyCells {
			shown = longer
		}
	}
	return shown
}

// keyCalled returns the key of that name as Bubble Tea calls it, and whether there
// is one.
func keyCalled(name string) (string, bool) {
	base, withAlt := strings.CutPrefix(name, alt)
	for key, shown := range shownAs {
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

// keyNames are the names of all keys that are no character.
func keyNames() []string {
	names := []string{"space"}
	for t := tea.KeyF20; t <= tea.KeyBackspace; t++ {
		if name := t.String(); t != tea.KeyRunes && len(name) > 1 {
			names = append(names, name)
		}
	}
	return names
}

// actionOf is the action with this id, which the caller knows to exist.
func (a *App) actionOf(id string) *action {
	return &a.actions[slices.IndexFunc(a.actions, func(act action) bool { return act.id == id })]
}

// keyFor is the key of an action as a sentence names it, or its name in the palette
// where it has none.
func (a *App) keyFor(id string) string {
	act := a.actionOf(id)
	if !act.keys.Enabled() {
		return "“" + act.keys.Help().Desc + "”"
	}
	return shownKey(act.keys.Keys()[0])
}
