package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// openSortMenu offers the columns; choosing the current one reverses the order.
func (a *App) openSortMenu() tea.Cmd {
	m := dialog.NewMenu(text.Lit("Sort by"))
	for _, id := range row.SortColumns() {
		c := dialog.Choice{Label: text.Cell(id).As(theme.Text), Choose: func() tea.Cmd { return a.sortBy(id) }}
		switch {
		case id == a.order.Column && a.order.Reversed:
			c.Note = text.Sprintf("▲ %s reverses", a.keyFor("menu.choose"))
		case id == a.order.Column:
			c.Note = text.Sprintf("▼ %s reverses", a.keyFor("menu.choose"))
		case id == row.ColumnState:
			c.Note = text.Lit("failed first, then last use")
		}
		m.Add(c, id == a.order.Column)
	}
	return a.push(m)
}

func (a *App) sortBy(id string) tea.Cmd {
	a.order = row.Sort{Column: id, Reversed: a.order.Column == id && !a.order.Reversed}
	if a.state.Query.HasWords() {
		a.toast.Show(dialog.Info, "sorted by best match while the filter has words, else by "+id, a.now)
	}
	return a.derive()
}

// openStateMenu offers the states that occur, with their counts.
func (a *App) openStateMenu() tea.Cmd {
	store := a.state.Data.Store
	m := dialog.NewMenu(text.Lit("Show only"))
	m.Add(dialog.Choice{
		Label: text.Lit("all").As(theme.Text), Note: text.Cell(format.Thousands(store.Len())),
		Choose: func() tea.Cmd { return a.setFilter("") },
	}, false)
	for _, state := range append(model.States(), store.UnknownStates()...) {
		if n := store.Count(state); n > 0 {
			m.Add(dialog.Choice{
				Label: row.StateLine(state), Note: text.Cell(format.Thousands(n)),
				Choose: func() tea.Cmd { return a.setFilter("state:" + string(state)) },
			}, false)
		}
	}
	return a.push(m)
}
