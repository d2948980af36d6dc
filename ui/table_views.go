package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// openViewMenu offers the built-in views and those of the configuration.
func (a *App) openViewMenu() tea.Cmd {
	m := dialog.NewMenu(text.Lit("Views"))
	add := func(views []row.View) {
		for _, v := range views {
			m.Add(dialog.Choice{
				Label:  text.Cell(v.Name).As(theme.Text),
				Note:   text.Cell(v.Query),
				Choose: func() tea.Cmd { return a.show(v) },
			}, false)
		}
	}
	add(row.Views())
	for _, id := range []string{"failures.open", "families.open", "cleanup.open", "deleted.open"} {
		list := a.actions.byID(id)
		m.Add(dialog.Choice{
			Label: text.Cell(list.Name()).As(theme.Text), Note: text.Cell(strings.Join(list.DisplayNames(), " ")),
			Choose: func() tea.Cmd { return a.perform(list) },
		}, false)
	}
	add(a.options.Views)
	return a.push(m)
}

// show applies a view.
func (a *App) show(v row.View) tea.Cmd {
	a.order = row.Sort{Column: row.ColumnState}
	if sort, err := row.ParseSort(v.Sort); err == nil {
		a.order = sort
	}
	return a.setFilter(v.Query)
}
