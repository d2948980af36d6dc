package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
)

// ask opens a confirmation.
func (a *App) ask(q dialog.Question) tea.Cmd {
	a.push(dialog.NewConfirm(q, a.now))
	return a.options.armLater()
}

// askUse opens a confirmation that says who uses the snapshots.
func (a *App) askUse(targets []*model.Snapshot, build func() dialog.Question) tea.Cmd {
	c, read := a.uses.Ask(targets, build, a.now)
	a.push(c)
	return tea.Batch(read, a.options.armLater())
}

// confirmed runs the confirmed action, if the typed word is right.
func (a *App) confirmed() tea.Cmd {
	c, ok := a.top().(*dialog.Confirm)
	if !ok {
		return nil
	}
	if c.WrongWord() {
		a.toast.Show(dialog.Refused, "the typed text does not match · esc "+c.EscName(), a.now)
		return nil
	}
	a.pop()
	return c.Chosen()()
}

// chooser is a dialog with a list to choose from.
type chooser interface {
	// Point moves the cursor to the entry at a point of the screen, if there is one.
	Point(at image.Point) bool
	// Chosen is what the entry under the cursor does, nil if there is none.
	Chosen() func() tea.Cmd
}

// choose closes the dialog and runs the entry under the cursor.
func (a *App) choose() tea.Cmd {
	l, ok := a.top().(chooser)
	if !ok {
		return nil
	}
	do := l.Chosen()
	if do == nil {
		return nil
	}
	a.pop()
	return do()
}
