package ui

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/text"
)

// goToEntry closes the list and puts the cursor on the snapshot of the entry.
func goToEntry(a *App, list *activity.List) tea.Cmd {
	e, ok := list.Cursor()
	if !ok {
		return nil
	}
	s := a.state.Find(e.SnapshotID, e.Name)
	switch {
	case e.SnapshotID == "":
		a.toast.Show(dialog.Refused, "this entry is not about a snapshot", a.now)
		return nil
	case s == nil:
		a.toast.Show(dialog.Refused, "that snapshot was deleted", a.now)
		return nil
	case s.ID != e.SnapshotID:
		a.toast.Show(dialog.Info, s.Name+" was created again: it has another id now, "+s.ShortID(), a.now)
	}
	a.pop()
	return a.goTo(s)
}

// showNotices shows the first notice in a toast and adds all of them to the activity.
func (a *App) showNotices(notices []string) {
	for _, notice := range notices {
		a.activity.Add(a.now, "", text.Cell(notice).As(theme.Warning))
	}
	switch len(notices) {
	case 0:
	case 1:
		a.toast.Show(dialog.Warned, notices[0], a.now)
	default:
		a.toast.Show(dialog.Warned, fmt.Sprintf("%s · %s shows %d more", notices[0], a.keyFor("activity.open"), len(notices)-1), a.now)
	}
}

// Notices is a message with lines that the user should know.
type Notices []string

func (n Notices) apply(a *App) tea.Cmd {
	a.showNotices(n)
	return nil
}
