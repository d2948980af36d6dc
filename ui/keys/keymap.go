package keys

import (
	"fmt"
	"maps"
	"slices"
)

// Map remaps the keys of actions, by action id. An action that is not in the map keeps its
// keys; one with an empty list is available in the palette only. Keys have the names of
// Bubble Tea ("d", "ctrl+r", "enter") or the display names ("space", "pgdn", "↓").
//
// A map cannot weaken the protection: a dangerous action needs an upper-case letter, an
// action that leaves a screen needs a key, and the keys of a confirmation are fixed.
type Map map[string][]string

// Problem is one reason why a [Map] cannot be used.
type Problem struct {
	Action string // id of the invalid entry
	Key    string // invalid key of the entry, as written; "" for the whole entry
	Reason string
	// Names are the valid names if the action or key is unknown, else nil.
	Names []string
}

// Apply remaps the actions. If the map is invalid, it changes nothing and returns the
// problems, ordered by action id.
func (m Map) Apply(table []*Action) []Problem {
	changed := make([]Action, len(table))
	for i, act := range table {
		changed[i] = *act
	}
	problems := m.bind(changed)
	if len(problems) == 0 { // otherwise an invalid entry could be reported twice
		problems = m.conflicts(changed)
	}
	if len(problems) > 0 {
		return problems
	}
	for i, act := range table {
		act.Keys = changed[i].Keys
	}
	return nil
}

// bind changes the keys of the table.
func (m Map) bind(table []Action) []Problem {
	var problems []Problem
	for _, id := range slices.Sorted(maps.Keys(m)) {
		i := slices.IndexFunc(table, func(act Action) bool { return act.ID == id })
		if i < 0 {
			problems = append(problems, Problem{Action: id, Reason: fmt.Sprintf("unknown action %q", id), Names: remappable(table)})
			continue
		}
		keys, wrong := table[i].parseKeys(m[id])
		problems = append(problems, wrong...)
		table[i].Keys = Bind(table[i].Name(), keys...)
	}
	return problems
}

// remappable returns the ids of the actions that can be remapped.
func remappable(table []Action) []string {
	var ids []string
	for i := range table {
		if act := &table[i]; !act.Fixed() {
			ids = append(ids, act.ID)
		}
	}
	return ids
}

// parseKeys validates new keys for the action and returns their Bubble Tea names.
func (a *Action) parseKeys(wanted []string) (keys []string, problems []Problem) {
	if a.Fixed() {
		return nil, []Problem{{Action: a.ID, Reason: "the keys of a confirmation are fixed"}}
	}
	for _, name := range wanted {
		problem := Problem{Action: a.ID, Key: name}
		key, known := parseKey(name)
		switch {
		case !known:
			problem.Reason, problem.Names = fmt.Sprintf("unknown key %q", name), keyNames()
		case a.Danger && !allowedForDanger(key):
			problem.Reason = fmt.Sprintf("%s changes the server: use an upper-case letter other than G and N, not %q", a.ID, name)
		case a.Scope&^typing == 0 && typesCharacter(key):
			problem.Reason = fmt.Sprintf("%s works in a text field: use a key that types nothing, not %q", a.ID, name)
		}
		if problem.Reason != "" {
			problems = append(problems, problem)
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if a.Exit && len(keys) == 0 && len(problems) == 0 {
		problems = append(problems, Problem{Action: a.ID, Reason: a.ID + " leads out of a screen: it must have a key"})
	}
	return keys, problems
}

// conflicts returns the keys with two actions in the same scope.
func (m Map) conflicts(table []Action) []Problem {
	var problems []Problem
	for i := range table {
		for j := range table[:i] {
			one, other := &table[j], &table[i]
			if one.Scope&other.Scope == 0 {
				continue
			}
			entry := one // blame the entry of the map, or the later of two
			if _, mapped := m[other.ID]; mapped {
				entry = other
			}
			for _, key := range one.Keys.Keys() {
				if !slices.Contains(other.Keys.Keys(), key) {
					continue
				}
				problems = append(problems, Problem{
					Action: entry.ID, Key: m.asWritten(entry.ID, key),
					Reason: fmt.Sprintf("%s is bound to both %s and %s: give one of them another key, or [] for none", DisplayName(key), one.ID, other.ID),
				})
			}
		}
	}
	return problems
}

// asWritten returns a key of the action as written in the map.
func (m Map) asWritten(id, key string) string {
	for _, name := range m[id] {
		if same, _ := parseKey(name); same == key {
			return name
		}
	}
	return key
}
