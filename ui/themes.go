package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
)

// nextTheme puts on the next theme.
func (a *App) nextTheme() tea.Cmd {
	a.themeAt = (a.themeAt + 1) % len(a.options.Themes)
	chosen := a.options.Themes[a.themeAt]
	a.theme = chosen.Theme
	a.toast.Show(dialog.Info, "theme: "+chosen.Name, a.now)
	return nil
}

func refuseTheme(a *App) string {
	if len(a.options.Themes) < 2 {
		return "there is nothing to choose from: without colours all themes are the same"
	}
	return ""
}
