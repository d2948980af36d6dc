package ui

import (
	"cmp"
	"context"
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/cleanup"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
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

func (l *listLayer) shown() listScreen { return l.list }

// textLayer is a list layer with a text that can be searched.
type textLayer struct {
	*listLayer
	text *pager.Pager
}

func (l textLayer) Pager() *pager.Pager { return l.text }

// openList returns an action that opens a list.
func openList[L listScreen](scope keys.Scope, list func(*App) L) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		a.push(&listLayer{app: a, scope: scope, list: list(a)})
		return a.computeList()
	}
}

// computedList is a list with rows that take longer than a frame to compute if there are many
// snapshots.
type computedList interface {
	// Work returns a function that computes the rows on any goroutine, nil if they are
	// current. Its result shows them.
	Work() func() (show func())
}

// listComputedMsg: the rows of a list are computed.
type listComputedMsg struct{ show func() }

func (msg listComputedMsg) apply(*App) tea.Cmd {
	msg.show()
	return nil
}

// computeList computes the rows of an open list if that is necessary, and asks for what they
// depend on.
func (a *App) computeList() tea.Cmd {
	l, _ := find[*listLayer](a.layerStack)
	if l == nil {
		return nil
	}
	var ask, computed tea.Cmd
	if list, ok := l.list.(*cleanup.List); ok {
		if names := list.Ask(); len(names) > 0 {
			ask = a.uses.AskFor(names, a.now)
		}
	}
	if slow, ok := l.list.(computedList); ok {
		if compute := slow.Work(); compute != nil {
			computed = a.options.work(deriveDeadline, func(context.Context) tea.Msg { return listComputedMsg{compute()} })
		}
	}
	return tea.Batch(ask, computed)
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

// groupList is a list with a row for each group of snapshots.
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
	return a.showMarked("")
}

// markCleanup marks what a clean-up deletes, and goes back to the table.
func markCleanup(a *App, list *cleanup.List) tea.Cmd {
	if list.Goes() == 0 {
		a.toast.Show(dialog.Refused, "there is nothing to clean up", a.now)
		return nil
	}
	list.Mark()
	a.pop()
	return a.showMarked(a.keyFor("snapshot.delete") + " delete")
}

// markOneCleanup marks the snapshot under the cursor of a clean-up.
func markOneCleanup(a *App, list *cleanup.List) tea.Cmd {
	if reason := list.MarkOne(); reason != "" {
		a.toast.Show(dialog.Refused, reason, a.now)
		return nil
	}
	return a.showMarked("")
}

// showMarked shows how many snapshots are marked, and what to do next; "" is to go back.
func (a *App) showMarked(next string) tea.Cmd {
	a.toast.Show(dialog.Info, fmt.Sprintf("%s marked · %s", format.Plural(a.table.MarkCount(), "snapshot"), cmp.Or(next, a.keyFor("back")+" back")), a.now)
	return nil
}
