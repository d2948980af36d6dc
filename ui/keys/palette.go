package keys

import "slices"

// ForPalette returns the actions that can be found by their name in a place: those that
// work there, movement last, then those of other places. A name stands there once.
func ForPalette(table []*Action, scope Scope) []*Action {
	var here, moves, elsewhere []*Action
	taken := make(map[string]bool)
	for _, act := range table {
		switch {
		case act.ID == "palette.open" || act.Scope&NonModal == 0:
			continue
		case act.Scope&scope == 0:
			elsewhere = append(elsewhere, act)
			continue
		case act.Group == Move:
			moves = append(moves, act)
		default:
			here = append(here, act)
		}
		taken[act.Name()] = true
	}
	elsewhere = slices.DeleteFunc(elsewhere, func(act *Action) bool { return taken[act.Name()] })
	return slices.Concat(here, moves, elsewhere)
}
