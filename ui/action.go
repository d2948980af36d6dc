package ui

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// action is one thing that a key can do. All keys of the program are rows of
// the table in actions.go, so that dispatch, help and footer cannot disagree.
type action struct {
	keys.Action
	refuse func(*App) string
	run    func(*App) tea.Cmd
}

// rows are the actions as package keys sees them.
func rows(table []action) []*keys.Action {
	rows := make([]*keys.Action, len(table))
	for i := range table {
		rows[i] = &table[i].Action
	}
	return rows
}

// KeyProblems returns all that is wrong with keys of the user. Without any they can
// be used.
func KeyProblems(m keys.Map) []keys.Problem { return m.Apply(rows(actionTable())) }

// refusal returns why the action cannot run now, or "". What is dangerous is
// stopped here, so no single action can forget it.
func (a *App) refusal(act *action) string {
	if act.Danger && a.options.ReadOnly {
		return "read-only mode"
	}
	if act.Needs != "" && !a.state.access.Can(act.Needs) {
		return "the API key lacks the permission " + act.Needs
	}
	if act.refuse != nil {
		return act.refuse(a)
	}
	return ""
}

// refusalOf is the same for a row as package keys sees it.
func (a *App) refusalOf(row *keys.Action) string { return a.refusal(a.actionOf(row.ID)) }

// dispatch runs the action of a key in the place of the top layer. It reports
// whether the key had one.
func (a *App) dispatch(pressed tea.KeyMsg) (tea.Cmd, bool) {
	place := a.top().Scope()
	for i := range a.actions {
		act := &a.actions[i]
		if act.Scope&place == 0 || !key.Matches(pressed, act.Keys) {
			continue
		}
		return a.perform(act), true
	}
	return nil, false
}

// perform runs an action, or says why it cannot run now.
func (a *App) perform(act *action) tea.Cmd {
	if reason := a.refusal(act); reason != "" {
		a.toast.Show(dialog.Refused, reason, a.now)
		return nil
	}
	return act.run(a)
}

// actionOf is the action with this id, which the caller knows to exist.
func (a *App) actionOf(id string) *action {
	return &a.actions[slices.IndexFunc(a.actions, func(act action) bool { return act.ID == id })]
}

// keyFor is the key of an action as a sentence names it, or its name in the palette
// where it has none.
func (a *App) keyFor(id string) string { return a.actionOf(id).Key() }

// refuseWithoutSnapshot refuses what needs a snapshot under the cursor.
func refuseWithoutSnapshot(a *App) string {
	if a.selected() == nil {
		return "no snapshot is selected"
	}
	return ""
}

// refusedFor refuses what needs a snapshot under the cursor for a reason of that
// snapshot.
func refusedFor(reason func(*appState, *model.Snapshot) string) func(*App) string {
	return func(a *App) string {
		if s := a.selected(); s != nil {
			return reason(&a.state, s)
		}
		return refuseWithoutSnapshot(a)
	}
}
