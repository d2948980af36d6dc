package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// choice is one line of a menu.
type choice struct {
	label  text.Line
	note   text.Safe
	choose func(*App) tea.Cmd
}

// menu is a short list to choose from.
type menu struct {
	app *App
	noInput
	picker
	title   text.Safe
	choices []choice
	box     image.Rectangle
}

func (*menu) Scope() keys.Scope     { return keys.OnMenu }
func (m *menu) Motion() keys.Motion { return m }

func (a *App) chooseInMenu() tea.Cmd {
	m, ok := a.top().(*menu)
	if !ok || len(m.choices) == 0 {
		return nil
	}
	a.pop()
	return m.choices[m.at].choose(a)
}

func (m *menu) Arrange(size image.Point) {
	const width = 44
	m.box = layout.Dialog(size, width, len(m.choices)+4)
	m.count, m.place = len(m.choices), m.box.Inset(1)
	m.place.Min.Y += 2 // the title
}

// clicked chooses what is clicked.
func (m *menu) Clicked(at image.Point) tea.Cmd {
	a := m.app
	if !m.point(at) {
		return nil
	}
	return a.chooseInMenu()
}

func (m *menu) Draw(c *canvas.Canvas) {
	inner := m.place.Dx()
	lines := []text.Line{text.Justify(text.Sprintf("  %s", m.title).As(theme.Title), m.position(), inner), nil}
	first, end := m.shown()
	for i := first; i < end; i++ {
		choice := m.choices[i]
		bar := text.Lit("  ")
		if i == m.at {
			bar = text.Lit("▌ ")
		}
		line := text.Justify(text.Join(bar.As(theme.Accent), choice.label), choice.note.As(theme.Dim), inner)
		if i == m.at {
			line = line.On(theme.Selected)
		}
		lines = append(lines, line)
	}
	c.Box(m.box, lines)
}

// openSortMenu offers the columns; the current one again reverses its order.
func (a *App) openSortMenu() tea.Cmd {
	m := &menu{app: a, title: text.Lit("Sort by")}
	for _, id := range row.SortColumns() {
		c := choice{label: text.Cell(id).As(theme.Text), choose: func(a *App) tea.Cmd { return a.sortBy(id) }}
		switch {
		case id == a.order.Column && a.order.Reversed:
			c.note, m.at = text.Sprintf("▲ %s reverses", a.keyFor("menu.choose")), len(m.choices)
		case id == a.order.Column:
			c.note, m.at = text.Sprintf("▼ %s reverses", a.keyFor("menu.choose")), len(m.choices)
		case id == row.ColumnState:
			c.note = text.Lit("failed first, then last use")
		}
		m.choices = append(m.choices, c)
	}
	return a.push(m)
}

func (a *App) sortBy(id string) tea.Cmd {
	a.order = row.Sort{Column: id, Reversed: a.order.Column == id && !a.order.Reversed}
	if a.state.Query.HasWords() {
		a.toast.show(toastInfo, "the best match comes first; without a word in the filter the rows are sorted by "+id, a.now)
	}
	return a.derive()
}

// openStateMenu offers the states that occur, with their counts.
func (a *App) openStateMenu() tea.Cmd {
	store := a.state.Data.Store
	m := &menu{app: a, title: text.Lit("Show only")}
	m.choices = append(m.choices, choice{
		label: text.Lit("all").As(theme.Text), note: text.Cell(format.Thousands(store.Len())),
		choose: func(a *App) tea.Cmd { return a.setFilter("") },
	})
	for _, state := range append(model.States(), store.UnknownStates()...) {
		if n := store.Count(state); n > 0 {
			m.choices = append(m.choices, choice{
				label: row.StateLine(state), note: text.Cell(format.Thousands(n)),
				choose: func(a *App) tea.Cmd { return a.setFilter("state:" + string(state)) },
			})
		}
	}
	return a.push(m)
}
