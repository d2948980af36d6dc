package ui

import (
	"image"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
)

const (
	// doubleClick is how soon the second press must follow the first.
	doubleClick = 400 * time.Millisecond
	wheelLines  = 3
)

// mouse is the mouse as far as the dashboard cares. It is off at the start, so
// that the terminal's own selection works as everywhere.
type mouse struct {
	on      bool
	pressed time.Time // the last press on a row
	row     string    // and its snapshot
}

// again switches the mouse on after another program had the terminal: Bubble Tea
// does not.
func (m *mouse) again() tea.Cmd {
	if m.on {
		return tea.EnableMouseCellMotion
	}
	return nil
}

func (a *App) toggleMouse() tea.Cmd {
	a.mouse.on = !a.mouse.on
	if a.mouse.on {
		a.toast.Show(dialog.Info, "the mouse is on: click, double click, wheel · shift-drag still selects text", a.now)
		return tea.EnableMouseCellMotion
	}
	a.toast.Show(dialog.Info, "the mouse is off", a.now)
	return tea.DisableMouse
}

// pointed routes what the mouse did. A confirmation takes no mouse: only its keys
// answer.
func (a *App) pointed(msg tea.MouseMsg) tea.Cmd {
	at := image.Pt(msg.X, msg.Y)
	if msg.Action != tea.MouseActionPress {
		return nil
	}
	switch msg.Button {
	case tea.MouseButtonWheelDown:
		a.wheel(at, wheelLines)
	case tea.MouseButtonWheelUp:
		a.wheel(at, -wheelLines)
	case tea.MouseButtonLeft:
		return a.clicked(at)
	}
	return nil
}

// wheel scrolls what is under the pointer, else what the keys move.
func (a *App) wheel(at image.Point, lines int) {
	m := a.top().Motion()
	if _, table := a.top().(tableLayer); table && at.In(a.screen.Detail) {
		m = a.detail.pager
	}
	if m != nil {
		m.Move(lines)
	}
}

func (a *App) clicked(at image.Point) tea.Cmd {
	if l, ok := a.top().(chooser); ok {
		if l.Point(at) {
			return a.choose()
		}
		return nil
	}
	if a.top().Scope()&keys.OnScreens == 0 {
		return nil
	}
	switch {
	case at.In(a.screen.DetailHead):
		if tab, ok := a.tabAt(at.Sub(a.screen.DetailHead.Min)); ok {
			a.detail.open = tab
		}
		return nil
	case !at.In(a.screen.Table):
		return nil
	}
	cell := at.Sub(a.screen.Table.Min)
	index, column, ok := a.table.At(cell.X, cell.Y)
	switch {
	case !ok:
		return nil
	case index == grid.Heading:
		if slices.Contains(row.SortColumns(), column) {
			return a.sortBy(column)
		}
		return nil
	}
	return a.clickedRow(index)
}

// clickedRow puts the cursor on a row; a second click opens it.
func (a *App) clickedRow(index int) tea.Cmd {
	s := a.table.Rows()[index]
	again := a.mouse.row == s.ID && a.now.Sub(a.mouse.pressed) <= doubleClick
	a.mouse.row, a.mouse.pressed = s.ID, a.now
	a.table.Select(s.ID)
	if _, open := a.top().(*detailLayer); open {
		a.pop()
	}
	if again {
		return a.openDetail()
	}
	return nil
}

// tabAt returns the tab whose name is at a cell of the detail's head.
func (a *App) tabAt(cell image.Point) (int, bool) {
	if s := a.selected(); s == nil || cell.Y != len(a.detailHead(s))-1 {
		return 0, false
	}
	x := a.tabStart()
	for i := range a.detail.tabs {
		width := a.tabCell(i).Width()
		if cell.X >= x && cell.X < x+width {
			return i, true
		}
		x += width
	}
	return 0, false
}
