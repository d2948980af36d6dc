package keys

import "strings"

// Scope is a set of places in which an action works. A layer is in exactly one.
type Scope uint16

// The places, and sets of them.
const (
	OnTable Scope = 1 << iota
	OnFilter
	OnDetail
	OnRegions
	OnHelp
	OnMenu
	OnConfirm  // a dialog that waits for y
	OnTyped    // a dialog that waits for a typed word
	OnBulk     // the progress of a bulk action
	OnActivity // the changes and actions of the session
	OnLogs     // the log of a build
	OnSearch   // the search within a text
	OnPalette  // the search for an action

	OnScreens = OnTable | OnDetail | OnRegions                    // where a snapshot is under the cursor
	OnLists   = OnScreens | OnHelp | OnMenu | OnActivity | OnLogs // where something moves
	NonModal  = OnScreens | OnHelp | OnActivity | OnLogs          // where no answer is awaited
	Anywhere  = OnScreens | OnFilter | OnHelp | OnMenu | OnConfirm | OnTyped | OnBulk | OnActivity | OnLogs | OnSearch | OnPalette
)

// typing are the places where what is typed is text.
const typing = OnFilter | OnTyped | OnSearch | OnPalette

// Names says where an action works, "" for dialogs, menus and text fields: their
// keys stand in them.
func (s Scope) Names() string {
	var names []string
	for _, named := range []struct {
		scope Scope
		name  string
	}{{OnTable, "table"}, {OnDetail, "details"}, {OnRegions, "regions"}, {OnLogs, "build log"}, {OnActivity, "activity"}} {
		if s&named.scope != 0 {
			names = append(names, named.name)
		}
	}
	if len(names) == 5 {
		return "everywhere"
	}
	return strings.Join(names, ", ")
}

// Motion is anything with a cursor or a scroll position that keys move.
type Motion interface {
	Move(lines int)
	Page(pages float64)
	Top()
	Bottom()
}
