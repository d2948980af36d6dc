package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/text"
)

// toggleWatch tells when the snapshot under the cursor settles: with a bell, a
// notification where the terminal knows them, and in the window's title.
func (a *App) toggleWatch() tea.Cmd {
	s := a.selected()
	id := a.state.WatchID(s)
	if a.state.Watched[id] {
		delete(a.state.Watched, id)
		a.toast.Show(dialog.Info, s.Name+" is not watched any more", a.now)
		return nil
	}
	a.state.Watched[id] = true
	a.toast.Show(dialog.Info, s.Name+" is watched: bell and notification when it settles · "+a.keyFor("notify")+" stops", a.now)
	return nil
}

func refuseWatch(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case a.options.Notify == nil:
		return "this terminal cannot be told"
	case !s.State.InTransition() && a.state.Pending[s.ID] == nil && !a.state.Watched[a.state.WatchID(s)]:
		return "it is " + s.State.Label() + ": nothing happens that could be waited for"
	}
	return ""
}

// notify tells about watched snapshots that have settled. That its old snapshot goes
// settles no rebuild: that tells its end itself.
func (a *App) notify(changes []model.Change) tea.Cmd {
	var cmds []tea.Cmd
	for _, change := range changes {
		s := change.Snapshot()
		if op := a.state.Pending[s.ID]; op != nil && op.Workflow {
			continue
		}
		if !a.state.Watched[s.ID] || change.Kind == model.FieldsChanged || change.Kind != model.Deleted && s.State.InTransition() {
			continue
		}
		delete(a.state.Watched, s.ID)
		outcome := s.State.Label()
		if change.Kind == model.Deleted {
			outcome = "gone"
		}
		line := text.Sprintf("%s is %s", s.Name, outcome).String()
		a.toast.Show(dialog.Info, line, a.now)
		cmds = append(cmds, a.notifyTerminal(line))
	}
	return tea.Batch(cmds...)
}

// notifyRebuilt tells how a watched rebuild ended. What it is told by stands on the
// screen already.
func (a *App) notifyRebuilt(op *pendingAction, wrong string) tea.Cmd {
	if !a.state.Watched[op.ID] {
		return nil
	}
	delete(a.state.Watched, op.ID)
	if wrong != "" {
		return a.notifyTerminal(text.Sprintf("%s was not rebuilt: %s", op.Name, wrong).String())
	}
	return a.notifyTerminal(text.Sprintf("%s is rebuilt", op.Name).String())
}

// tellTerminal rings, and puts the line into a notification and the window's title.
func (a *App) notifyTerminal(line string) tea.Cmd {
	tell := a.options.Notify
	return tea.Batch(tea.SetWindowTitle(line), a.work(callDeadline, func(context.Context) tea.Msg {
		if err := tell(line); err != nil {
			return toastMsg{dialog.Failed, "the terminal was not notified: " + err.Error()}
		}
		return nil
	}))
}
