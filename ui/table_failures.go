package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/keys"
)

// tableCovered reports whether a screen without snapshots is open over the table.
func (s *layerStack) tableCovered() bool {
	const screens = keys.OnActivity | keys.OnDeleted | keys.OnRecipe | keys.OnLogs | keys.OnCompare
	return slices.ContainsFunc(s.layers, func(l layer) bool { return l.Scope()&screens != 0 })
}

// nextFailure moves the cursor to the latest announced failure. It closes what covers
// the table.
func (a *App) nextFailure() tea.Cmd {
	next := a.failures.Next(a.state.Data.Store)
	if next == nil {
		return nil // deleted a moment ago
	}
	for a.top().Scope()&keys.OnScreens == 0 {
		a.pop()
	}
	return a.goTo(next)
}
