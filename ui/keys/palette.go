package keys

import "slices"

// ForPalette returns the actions for the palette: those that work in the scope, movement
// last, then those of other scopes. Each name occurs once.
func ForPalette(table []*Action, scope Scope) []*Action {
	var here, moves, elsewhere []*Action
	listed := make(map[string]bool)
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
		listed[act.Name()] = true
	}
	elsewhere = slices.DeleteFunc(elsewhere, func(act *Action) bool { return listed[act.Name()] })
	return slices.Concat(here, moves, elsewhere)
}
