package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// openPalette opens the search for an action. Those of other places are listed last.
func (a *App) openPalette() tea.Cmd {
	scope := a.top().Scope()
	return a.push(dialog.NewPalette(func() []dialog.Entry {
		var entries []dialog.Entry
		for _, act := range keys.ForPalette(keyActions(a.actions), scope) {
			entries = append(entries, dialog.Entry{
				Name: act.Name(), Key: act.Keys.Help().Key, Keys: act.DisplayNames(), Aliases: act.PaletteAliases(), Reason: a.refusalIn(scope, act),
				Run: func() tea.Cmd { return a.performIn(scope, act) },
			})
		}
		return entries
	}))
}

// refusalIn returns why an action cannot run in a place, or "".
func (a *App) refusalIn(scope keys.Scope, act *keys.Action) string {
	if act.Scope&scope == 0 {
		return "available in: " + act.Scope.Names()
	}
	return a.refusalOf(act)
}

// performIn runs an action of the palette as its key would. If it does not work here, a toast
// says where it does.
func (a *App) performIn(scope keys.Scope, act *keys.Action) tea.Cmd {
	if act.Scope&scope == 0 {
		a.toast.Show(dialog.Refused, act.Name()+": "+a.refusalIn(scope, act), a.now)
		return nil
	}
	return a.perform(a.actions.byID(act.ID))
}
