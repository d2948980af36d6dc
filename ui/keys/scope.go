package keys

import (
	"slices"
	"strings"
)

// Scope is a set of screens and dialogs in which an action works. A layer has exactly one.
type Scope uint32

// The scopes, and sets of them.
const (
	OnTable Scope = 1 << iota
	OnFilter
	OnDetail
	OnRegions
	OnHelp
	OnMenu
	OnConfirm // a dialog that waits for y
	OnTyped   // a dialog that waits for a typed word
	OnBulk    // the progress of a bulk action
	OnActivity
	OnLogs    // a build log
	OnSearch  // the search within a text
	OnPalette // the search for an action
	OnFailures
	OnCompare // the comparison of two snapshots
	OnForm    // the properties of a new snapshot
	OnFamilies
	OnCleanup
	OnDeleted // the deleted snapshots
	OnRecipe  // the recipe of a deleted snapshot

	OnScreens = OnTable | OnDetail | OnRegions                                                                     // with a snapshot under the cursor
	OnGroups  = OnFailures | OnFamilies                                                                            // lists of groups of snapshots
	NonModal  = OnScreens | OnHelp | OnActivity | OnGroups | OnCleanup | OnDeleted | OnRecipe | OnLogs | OnCompare // without dialogs and text fields
	OnLists   = NonModal | OnMenu                                                                                  // with movement keys
	Anywhere  = OnLists | OnFilter | OnConfirm | OnTyped | OnBulk | OnSearch | OnPalette | OnForm
)

// typing is the set of scopes with a text field.
const typing = OnFilter | OnTyped | OnSearch | OnPalette | OnForm

// Names returns where an action works, "" for dialogs, menus and text fields, which show
// their own keys.
func (s Scope) Names() string {
	var names []string
	all := []struct {
		scope Scope
		name  string
	}{
		{OnTable, "table"}, {OnDetail, "details"}, {OnRegions, "regions"}, {OnLogs, "build log"}, {OnActivity, "activity"},
		{OnFailures, "failures"}, {OnFamilies, "families"}, {OnCleanup, "clean up"}, {OnDeleted, "deleted"}, {OnRecipe, "recipe"}, {OnCompare, "comparison"},
	}
	for _, named := range all {
		if s&named.scope != 0 {
			names = append(names, named.name)
		}
	}
	if len(names) == len(all) {
		return "everywhere"
	}
	return strings.Join(names, ", ")
}

// Motion is anything with a cursor or scroll position.
type Motion interface {
	Move(lines int)
	Page(pages float64)
	Top()
	Bottom()
}

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
