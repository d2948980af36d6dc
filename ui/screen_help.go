package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
)

// openHelp lists the keys that work in the layer on top.
func (a *App) openHelp() tea.Cmd {
	return a.push(dialog.NewHelp(rows(a.actions), a.top().Scope(), a.refusalOf))
}
