package ui

import (
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/failures"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
)

// failuresLayer lists the failures by reason.
type failuresLayer struct {
	noInput
	app  *App
	list *failures.List
}

func (*failuresLayer) Scope() keys.Scope       { return keys.OnFailures }
func (l *failuresLayer) Motion() keys.Motion   { return l.list }
func (l *failuresLayer) Draw(c *canvas.Canvas) { l.list.Draw(c) }

func (l *failuresLayer) Arrange(image.Point) {
	l.list.Update()
	l.list.Arrange(l.app.screen.Body)
}

// show filters the table by the reason under the cursor.
func (l *failuresLayer) show() tea.Cmd {
	query, ok := l.list.Query()
	if !ok {
		return nil
	}
	l.app.pop()
	return l.app.show(row.View{Query: query})
}

// mark marks the snapshots with the reason under the cursor, or unmarks them.
func (l *failuresLayer) mark() tea.Cmd {
	a := l.app
	l.list.ToggleMarks(a.table)
	a.toast.Show(dialog.Info, fmt.Sprintf("%s marked · %s back", format.Plural(a.table.MarkCount(), "snapshot"), a.keyFor("back")), a.now)
	return nil
}
