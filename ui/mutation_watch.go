package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/text"
)

// toggleWatch notifies when the snapshot under the cursor is done: with a bell, a
// notification where the terminal has them, and in the window's title.
func (a *App) toggleWatch() tea.Cmd {
	s := a.selected()
	id := a.state.WatchID(s)
	if a.state.Watched[id] {
		delete(a.state.Watched, id)
		a.toast.Show(dialog.Info, "no notification for "+s.Name, a.now)
		return nil
	}
	a.state.Watched[id] = true
	a.toast.Show(dialog.Info, "notification when "+s.Name+" is done · "+a.keyFor("notify")+" cancel", a.now)
	return nil
}

func refuseWatch(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case a.options.Notify == nil:
		return "this terminal has no notifications"
	case !s.State.InTransition() && a.state.Pending[s.ID] == nil && !a.state.Watched[a.state.WatchID(s)]:
		return "it is " + s.State.Label() + " and no action is running"
	}
	return ""
}

// notify reports watched snapshots that are done.
func (a *App) notify(changes []model.Change) tea.Cmd {
	var cmds []tea.Cmd
	for _, line := range a.state.watchedDone(changes) {
		a.toast.Show(dialog.Info, line, a.now)
		cmds = append(cmds, a.notifyTerminal(line))
	}
	return tea.Batch(cmds...)
}

// watchedDone stops watching the snapshots that these changes finish, and says how each
// ended. In a rebuild the deletion of the old snapshot is not its end.
func (s *appState) watchedDone(changes []model.Change) []string {
	var lines []string
	for _, change := range changes {
		changed := change.Snapshot()
		if op := s.Pending[changed.ID]; op != nil && op.Workflow {
			continue
		}
		if !s.Watched[changed.ID] || change.Kind == model.FieldsChanged || change.Kind != model.Deleted && changed.State.InTransition() {
			continue
		}
		delete(s.Watched, changed.ID)
		outcome := changed.State.Label()
		if change.Kind == model.Deleted {
			outcome = "deleted"
		}
		lines = append(lines, text.Sprintf("%s is %s", changed.Name, outcome).String())
	}
	return lines
}

// notifyRebuilt reports the end of a watched rebuild to the terminal. The screen shows
// it already.
func (a *App) notifyRebuilt(op *pendingAction, reason string) tea.Cmd {
	if !a.state.Watched[op.ID] {
		return nil
	}
	delete(a.state.Watched, op.ID)
	if reason != "" {
		return a.notifyTerminal(text.Sprintf("%s was not rebuilt: %s", op.Name, reason).String())
	}
	return a.notifyTerminal(text.Sprintf("%s is rebuilt", op.Name).String())
}

// notifyTerminal rings, and puts the line into a notification and the window's title.
func (a *App) notifyTerminal(line string) tea.Cmd {
	notify := a.options.Notify
	return tea.Batch(tea.SetWindowTitle(line), a.work(callDeadline, func(context.Context) tea.Msg {
		if err := notify(line); err != nil {
			return toastMsg{dialog.Failed, "the terminal was not notified: " + err.Error()}
		}
		return nil
	}))
}
