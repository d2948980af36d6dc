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
	done := a.state.watchedDone(changes)
	for _, line := range done {
		a.toast.Show(dialog.Info, line, a.now)
	}
	return a.notifyTerminal(done)
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

// watchedRebuilt stops watching a rebuild that has ended, and says how it ended.
func (s *appState) watchedRebuilt(op *pendingAction, reason string) []string {
	if !s.Watched[op.ID] {
		return nil
	}
	delete(s.Watched, op.ID)
	if reason != "" {
		return []string{text.Sprintf("%s was not rebuilt: %s", op.Name, reason).String()}
	}
	return []string{text.Sprintf("%s is rebuilt", op.Name).String()}
}

// notifyTerminal rings for each line, and puts it into a notification and the window's
// title.
func (a *App) notifyTerminal(lines []string) tea.Cmd {
	notify := a.options.Notify
	var cmds []tea.Cmd
	for _, line := range lines {
		cmds = append(cmds, tea.SetWindowTitle(line), a.work(callDeadline, func(context.Context) tea.Msg {
			if err := notify(line); err != nil {
				return toastMsg{dialog.Failed, "notification failed: " + err.Error()}
			}
			return nil
		}))
	}
	return tea.Batch(cmds...)
}
