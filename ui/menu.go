package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/layout"
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
	noInput
	title   text.Safe
	choices []choice
	at      int
	box     image.Rectangle
}

func (*menu) scope() scope         { return onMenu }
func (m *menu) motion(*App) motion { return m }

// Move moves the cursor by lines and stays on the list.
func (m *menu) Move(lines int) { m.at = max(0, min(m.at+lines, len(m.choices)-1)) }

// Page moves by pages; a menu is one page.
func (m *menu) Page(pages float64) { m.Move(int(pages * float64(len(m.choices)))) }

// Top moves to the first choice.
func (m *menu) Top() { m.at = 0 }

// Bottom moves to the last choice.
func (m *menu) Bottom() { m.at = len(m.choices) - 1 }

func (a *App) chooseInMenu() tea.Cmd {
	m, ok := a.top().(*menu)
	if !ok || len(m.choices) == 0 {
		return nil
	}
	a.pop()
	return m.choices[m.at].choose(a)
}

func (m *menu) arrange(a *App) {
	const width = 44
	m.box = layout.Dialog(a.size, width, len(m.choices)+4)
}

// window is where the choices are: below the title.
func (m *menu) window() window {
	place := m.box.Inset(1)
	place.Min.Y += 2
	return windowAt(place, m.at, len(m.choices))
}

// clicked chooses what is clicked.
func (m *menu) clicked(a *App, at image.Point) tea.Cmd {
	i, ok := m.window().entry(at)
	if !ok {
		return nil
	}
	m.at = i
	return a.chooseInMenu()
}

func (m *menu) draw(_ *App, c *canvas) {
	w := m.window()
	inner := w.place.Dx()
	lines := []text.Line{spread(text.Sprintf("  %s", m.title).As(theme.Title), w.position(), inner), nil}
	for i := w.first; i < w.end(); i++ {
		choice := m.choices[i]
		bar := text.Lit("  ")
		if i == m.at {
			bar = text.Lit("▌ ")
		}
		line := spread(text.Join(bar.As(theme.Accent), choice.label), choice.note.As(theme.Dim), inner)
		if i == m.at {
			line = line.On(theme.Selected)
		}
		lines = append(lines, line)
	}
	c.box(m.box, lines)
}

// openSortMenu offers the columns; the current one again reverses its order.
func (a *App) openSortMenu() tea.Cmd {
	m := &menu{title: text.Lit("Sort by")}
	for _, column := range columns(&a.known) {
		if column.Compare == nil {
			continue
		}
		c := choice{label: text.Cell(column.ID).As(theme.Text), choose: func(a *App) tea.Cmd { return a.sortBy(column.ID) }}
		switch {
		case column.ID == a.order.column && a.order.reversed:
			c.note, m.at = text.Sprintf("▲ %s reverses", a.keyFor("menu.choose")), len(m.choices)
		case column.ID == a.order.column:
			c.note, m.at = text.Sprintf("▼ %s reverses", a.keyFor("menu.choose")), len(m.choices)
		case column.ID == columnState:
			c.note = text.Lit("failed first, then last use")
		}
		m.choices = append(m.choices, c)
	}
	return a.push(m)
}

func (a *App) sortBy(id string) tea.Cmd {
	a.order = order{column: id, reversed: a.order.column == id && !a.order.reversed}
	if a.known.query.HasWords() {
		a.toast.show(toastInfo, "the best match comes first; without a word in the filter the rows are sorted by "+id, a.now)
	}
	return a.derive()
}

// openStateMenu offers the states that occur, with their counts.
func (a *App) openStateMenu() tea.Cmd {
	store := a.known.deck.store
	m := &menu{title: text.Lit("Show only")}
	m.choices = append(m.choices, choice{
		label: text.Lit("all").As(theme.Text), note: text.Cell(thousands(store.Len())),
		choose: func(a *App) tea.Cmd { return a.setFilter("") },
	})
	for _, state := range append(model.States(), store.UnknownStates()...) {
		if n := store.Count(state); n > 0 {
			m.choices = append(m.choices, choice{
				label: stateLine(state), note: text.Cell(thousands(n)),
				choose: func(a *App) tea.Cmd { return a.setFilter("state:" + string(state)) },
			})
		}
	}
	return a.push(m)
}
