package ui

import (
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
)

// listScreen is a list that is shown in place of the table, made of package listview.
type listScreen interface {
	keys.Motion
	// Update reads the rows again.
	Update()
	Arrange(image.Rectangle)
	Draw(*canvas.Canvas)
	// Press moves the cursor to the row at a cell, and returns its id if there is one.
	Press(at image.Point) (id string, ok bool)
}

// listLayer shows a list.
type listLayer struct {
	noInput
	app   *App
	scope keys.Scope
	list  listScreen
}

func (l *listLayer) Scope() keys.Scope     { return l.scope }
func (l *listLayer) Motion() keys.Motion   { return l.list }
func (l *listLayer) Draw(c *canvas.Canvas) { l.list.Draw(c) }

// Arrange shows what has changed since the last frame.
func (l *listLayer) Arrange(image.Point) {
	l.list.Update()
	l.list.Arrange(l.app.screen.Body)
}

// openList returns an action that opens a list.
func openList[L listScreen](scope keys.Scope, list func(*App) L) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd { return a.push(&listLayer{app: a, scope: scope, list: list(a)}) }
}

// onList returns an action that calls do with the list on top, if that is an L.
func onList[L listScreen](do func(*App, L) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if l, ok := a.top().(*listLayer); ok {
			if list, ok := l.list.(L); ok {
				return do(a, list)
			}
		}
		return nil
	}
}

// groupList is a list whose rows are groups of snapshots.
type groupList interface {
	listScreen
	// Query returns the filter that finds the group under the cursor, and whether there is one.
	Query() (query string, ok bool)
	// ToggleMarks marks the snapshots of the group under the cursor, or unmarks them.
	ToggleMarks(*grid.Grid[*model.Snapshot])
}

// showGroup filters the table to the group under the cursor.
func showGroup(a *App, list groupList) tea.Cmd {
	query, ok := list.Query()
	if !ok {
		return nil
	}
	a.pop()
	return a.show(row.View{Query: query})
}

// markGroup toggles the marks of the group under the cursor. The list stays open.
func markGroup(a *App, list groupList) tea.Cmd {
	list.ToggleMarks(a.table)
	a.toast.Show(dialog.Info, fmt.Sprintf("%s marked · %s back", format.Plural(a.table.MarkCount(), "snapshot"), a.keyFor("back")), a.now)
	return nil
}
