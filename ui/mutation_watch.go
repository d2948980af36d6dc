package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
)

// toggleWatch starts or stops watching the snapshot under the cursor. When it is done, the
// dashboard rings, and shows it in a notification, if the terminal has them, and in the
// window's title.
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
	done := a.state.WatchedDone(changes)
	for _, line := range done {
		a.toast.Show(dialog.Info, line, a.now)
	}
	return a.options.notifyTerminal(done)
}

// notifyTerminal rings for each line, and puts it into a notification and the window's
// title.
func (o *Options) notifyTerminal(lines []string) tea.Cmd {
	notify := o.Notify
	var cmds []tea.Cmd
	for _, line := range lines {
		cmds = append(cmds, tea.SetWindowTitle(line), o.work(callDeadline, func(context.Context) tea.Msg {
			if err := notify(line); err != nil {
				return toastMsg{dialog.Failed, "notification failed: " + err.Error()}
			}
			return nil
		}))
	}
	return tea.Batch(cmds...)
}
