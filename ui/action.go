package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// action is a row of the action table: what a key does. Dispatch, help, footer and
// palette read the same rows, so they cannot disagree.
type action struct {
	keys.Action
	refuse func(*App) string
	run    func(*App) tea.Cmd
	noPin  bool // it is about more than the snapshot under the cursor, so that need not be pinned
}

// keyActions returns what package keys needs of the actions.
func keyActions(table []action) []*keys.Action {
	actions := make([]*keys.Action, len(table))
	for i := range table {
		actions[i] = &table[i].Action
	}
	return actions
}

// KeyProblems returns why a keymap cannot be used.
func KeyProblems(m keys.Map) []keys.Problem { return m.Apply(keyActions(actionTable())) }

// refusal returns why the action cannot run now, or "". Read-only mode and missing
// permissions are checked here, so that no action can forget them.
func (a *App) refusal(act *action) string {
	if act.Danger && a.options.ReadOnly {
		return "read-only mode"
	}
	if act.Needs != "" && !a.state.access.Can(act.Needs) {
		return model.MissingPermission(act.Needs)
	}
	if act.refuse != nil {
		return act.refuse(a)
	}
	return ""
}

// refusalOf is like refusal, for an action of package keys.
func (a *App) refusalOf(row *keys.Action) string { return a.refusal(a.actions.byID(row.ID)) }

// dispatch runs the action that a key has in the top layer. It reports whether the
// key has one.
func (a *App) dispatch(pressed tea.KeyMsg) (tea.Cmd, bool) {
	if act := a.actions.bound(a.top().Scope(), pressed); act != nil {
		return a.perform(act), true
	}
	return nil, false
}

// actionList is the action table.
type actionList []action

// bound returns the action that a key has in a scope, or nil.
func (l actionList) bound(scope keys.Scope, pressed tea.KeyMsg) *action {
	for i := range l {
		if act := &l[i]; act.Scope&scope != 0 && key.Matches(pressed, act.Keys) {
			return act
		}
	}
	return nil
}

// perform runs an action, or shows why it cannot run now.
func (a *App) perform(act *action) tea.Cmd {
	if reason := a.refusal(act); reason != "" {
		a.toast.Show(dialog.Refused, reason, a.now)
		return nil
	}
	if act.Group == keys.Act || act.Group == keys.Look && !act.noPin {
		a.table.Pin()
	}
	return act.run(a)
}

// byID returns the action with an id, which must exist.
func (l actionList) byID(id string) *action {
	return &l[slices.IndexFunc(l, func(act action) bool { return act.ID == id })]
}

// rename makes the name of an action say what it does now.
func (l actionList) rename(id, name string) {
	act := l.byID(id)
	act.Keys.SetHelp(act.Keys.Help().Key, name)
}

// keyFor returns the display name of an action's key, or the action's quoted name if it has
// no key.
func (a *App) keyFor(id string) string { return a.actions.byID(id).Key() }

// refuseWithoutSnapshot refuses what needs a snapshot under the cursor.
func refuseWithoutSnapshot(a *App) string {
	if a.selected() == nil {
		return "no snapshot is selected"
	}
	return ""
}

// refuseSelected makes the refusal of an action on the snapshot under the cursor from a
// reason that depends on the snapshot.
func refuseSelected(reason func(*appState, *model.Snapshot) string) func(*App) string {
	return func(a *App) string {
		if s := a.selected(); s != nil {
			return reason(&a.state, s)
		}
		return refuseWithoutSnapshot(a)
	}
}
