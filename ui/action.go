package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// scope is a set of places in which an action works. A layer is in exactly one.
type scope uint16

const (
	onTable scope = 1 << iota
	onFilter
	onDetail
	onMatrix
	onHelp
	onMenu
	onConfirm  // a dialog that waits for y
	onTyped    // a dialog that waits for a typed word
	onBulk     // the progress of an action on many
	onActivity // the stream of what happened
	onLogs     // the log of a build
	onSearch   // the search within a text
	onPalette  // the search for an action

	onScreens = onTable | onDetail | onMatrix                     // where a snapshot is under the cursor
	onLists   = onScreens | onHelp | onMenu | onActivity | onLogs // where something moves
	outside   = onScreens | onHelp | onActivity | onLogs          // where no answer is awaited
	anywhere  = onScreens | onFilter | onHelp | onMenu | onConfirm | onTyped | onBulk | onActivity | onLogs | onSearch | onPalette
)

// places names where an action works, for people: dialogs, menus and fields are not
// named, their keys stand in them.
func (s scope) places() string {
	var names []string
	for _, place := range []struct {
		scope scope
		name  string
	}{{onTable, "table"}, {onDetail, "details"}, {onMatrix, "regions"}, {onLogs, "build log"}, {onActivity, "activity"}} {
		if s&place.scope != 0 {
			names = append(names, place.name)
		}
	}
	if len(names) == 5 {
		return "everywhere"
	}
	return strings.Join(names, ", ")
}

// action is one thing that a key can do. All keys of the program are rows of
// the table in actions.go, so that dispatch, help and footer cannot disagree.
type action struct {
	id     string      // stable name: "snapshot.delete"
	group  string      // heading in the help
	scope  scope       // where it works
	keys   key.Binding // the keys and what the help says of them
	hint   int         // place in the footer, 0 for none
	danger bool        // it changes something on the server
	exit   bool        // it is the way out of where it works, or shows it, so it must have a key
	also   string      // what users of other tools call it, for the palette
	needs  string      // the permission that the key must have, "" for none
	refuse func(*App) string
	run    func(*App) tea.Cmd
}

// refusal returns why the action cannot run now, or "". What is dangerous is
// stopped here, so no single action can forget it.
func (a *App) refusal(act *action) string {
	if act.danger && a.options.ReadOnly {
		return "read-only: nothing is changed on the server"
	}
	if act.needs != "" && !a.state.access.Can(act.needs) {
		return "this API key has no permission " + act.needs
	}
	if act.refuse != nil {
		return act.refuse(a)
	}
	return ""
}

// dispatch runs the action of a key in the place of the top layer. It reports
// whether the key had one.
func (a *App) dispatch(pressed tea.KeyMsg) (tea.Cmd, bool) {
	place := a.top().scope()
	for i := range a.actions {
		act := &a.actions[i]
		if act.scope&place == 0 || !key.Matches(pressed, act.keys) {
			continue
		}
		return a.perform(act), true
	}
	return nil, false
}

// perform runs an action, or says why it cannot run now.
func (a *App) perform(act *action) tea.Cmd {
	if reason := a.refusal(act); reason != "" {
		a.toast.show(toastRefused, reason, a.now)
		return nil
	}
	return act.run(a)
}

// binding makes a row's keys: the first argument is what the help says of them.
func binding(does string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shownKeys(keys), does))
}

// refuseWithoutSnapshot refuses what needs a snapshot under the cursor.
func refuseWithoutSnapshot(a *App) string {
	if a.selected() == nil {
		return "no snapshot is selected"
	}
	return ""
}
