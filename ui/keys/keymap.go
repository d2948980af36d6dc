package keys

import (
	"fmt"
	"maps"
	"slices"
)

// Map gives actions other keys, by the actions' ids. An action that is not in
// it keeps its keys; one with no keys at all is reached through the palette only.
// Keys have the names of Bubble Tea ("d", "ctrl+r", "enter"), and those that the
// help shows ("space", "pgdn", "↓"). What leads out of a place must have a key.
//
// A map changes where keys are, never what protects: a dangerous action wants
// an upper-case letter, and a confirmation is always answered in the same way.
type Map map[string][]string

// Problem is one reason why a [Map] cannot be used.
type Problem struct {
	Action string // the entry that is wrong
	Key    string // the key of the entry that is wrong, as written; "" for the whole entry
	Reason string
	// Names are what could have been written where a name is unknown, else nil.
	Names []string
}

// Apply gives the actions the keys of the map. Where anything is wrong with it, it
// changes nothing and returns the problems, in the order of the entries' names.
func (m Map) Apply(table []*Action) []Problem {
	changed := make([]Action, len(table))
	for i, act := range table {
		changed[i] = *act
	}
	problems := m.bind(changed)
	if len(problems) == 0 { // a wrong entry would only be reported again
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

// bind changes the keys of the table, entry by entry.
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

// remappable returns the names of all actions that a map can have.
func remappable(table []Action) []string {
	var ids []string
	for i := range table {
		if act := &table[i]; !act.Fixed() {
			ids = append(ids, act.ID)
		}
	}
	return ids
}

// parseKeys checks the keys that an action is to have, and returns them as Bubble
// Tea calls them.
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

// conflicts finds keys that would do two things in one place.
func (m Map) conflicts(table []Action) []Problem {
	var problems []Problem
	for i := range table {
		for j := range table[:i] {
			one, other := &table[j], &table[i]
			if one.Scope&other.Scope == 0 {
				continue
			}
			entry := one // the one that the user has written, the later one of two
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

// asWritten returns how the user wrote a key of the action.
func (m Map) asWritten(id, key string) string {
	for _, name := range m[id] {
		if same, _ := parseKey(name); same == key {
			return name
		}
	}
	return key
}
