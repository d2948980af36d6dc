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

// mouse is the state of the mouse. It is off at the start, so that the selection of
// the terminal works.
type mouse struct {
	on      bool
	pressed time.Time // when a row was last pressed
	row     string    // its snapshot
}

// reenable turns the mouse on again after another program had the terminal: Bubble Tea
// does not.
func (m *mouse) reenable() tea.Cmd {
	if m.on {
		return tea.EnableMouseCellMotion
	}
	return nil
}

// press records a press on a row, and reports whether it completes a double click.
func (m *mouse) press(id string, now time.Time) bool {
	double := m.row == id && now.Sub(m.pressed) <= doubleClick
	m.row, m.pressed = id, now
	return double
}

func (a *App) toggleMouse() tea.Cmd {
	a.mouse.on = !a.mouse.on
	if a.mouse.on {
		a.toast.Show(dialog.Info, "mouse on: click rows, headings, tabs, counts · double click opens · shift-drag selects text", a.now)
		return tea.EnableMouseCellMotion
	}
	a.toast.Show(dialog.Info, "mouse off", a.now)
	return tea.DisableMouse
}

// mouseEvent routes a mouse event. A confirmation ignores the mouse: only keys answer it.
func (a *App) mouseEvent(msg tea.MouseMsg) tea.Cmd {
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

// wheel scrolls what is under the pointer, or else what the keys move.
func (a *App) wheel(at image.Point, lines int) {
	m := a.top().Motion()
	if _, table := a.top().(tableLayer); table && at.In(a.screen.Detail) {
		m = a.detail.Pager()
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
	if l, ok := a.top().(*listLayer); ok {
		if id, ok := l.list.Press(at); ok && a.mouse.press(id, a.now) {
			return a.key(tea.KeyMsg{Type: tea.KeyEnter})
		}
		return nil
	}
	if a.top().Scope()&keys.OnScreens == 0 {
		return nil
	}
	switch {
	case at.In(a.screen.Header):
		return a.clickedHeader(at.Sub(a.screen.Header.Min))
	case at.In(a.screen.DetailHead):
		s := a.selected()
		if s == nil {
			return nil
		}
		if tab, ok := a.detail.head(a.layerStack, a.screen.DetailHead.Size()).TabAt(s, at.Sub(a.screen.DetailHead.Min)); ok {
			a.detail.Open = tab
			a.table.Pin()
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

// clickedHeader filters by a count, or shows all again if the filter is that already.
func (a *App) clickedHeader(at image.Point) tea.Cmd {
	width := a.screen.Header.Dx()
	query, ok := a.header().QueryAt(at.X, width)
	if _, covered := find[*regionsLayer](a.layerStack); covered || !ok || at.Y != a.screen.Header.Dy()-1 {
		return nil
	}
	if query == a.filter.Value() {
		query = ""
	}
	if _, open := a.top().(*detailLayer); open {
		a.pop()
	}
	return a.setFilter(query)
}

// clickedRow moves the cursor to a row; a double click opens it.
func (a *App) clickedRow(index int) tea.Cmd {
	s := a.table.Rows()[index]
	double := a.mouse.press(s.ID, a.now)
	a.table.Select(s.ID)
	if _, open := a.top().(*detailLayer); open {
		a.pop()
	}
	if double {
		return a.openDetail()
	}
	return nil
}
