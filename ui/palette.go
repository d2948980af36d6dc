package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
)

// openPalette opens the search for an action: all that can be done in this place,
// and where the others work.
func (a *App) openPalette() tea.Cmd {
	place := a.top().Scope()
	return a.push(dialog.NewPalette(func() []dialog.Entry { return a.paletteEntries(place) }))
}

func (a *App) paletteEntries(place keys.Scope) []dialog.Entry {
	var entries []dialog.Entry
	for _, act := range a.named(place) {
		entries = append(entries, dialog.Entry{
			Name: act.Name(), Key: act.Keys.Help().Key, Keys: act.ShownKeys(), Words: act.Words(), Reason: a.refusalIn(place, act),
			Run: func() tea.Cmd { return a.performIn(place, act) },
		})
	}
	return entries
}

// named are the actions that can be called by their name: those of the place, moving
// last, and then those of other places, of which the palette tells where they work.
func (a *App) named(place keys.Scope) []*action {
	var here, moves, elsewhere []*action
	taken := make(map[string]bool)
	for i := range a.actions {
		act := &a.actions[i]
		switch {
		case act.ID == "palette.open" || act.Scope&keys.Outside == 0:
			continue
		case act.Scope&place == 0:
			elsewhere = append(elsewhere, act)
			continue
		case act.Group == keys.Move:
			moves = append(moves, act)
		default:
			here = append(here, act)
		}
		taken[act.Name()] = true
	}
	elsewhere = slices.DeleteFunc(elsewhere, func(act *action) bool { return taken[act.Name()] })
	return slices.Concat(here, moves, elsewhere)
}

// refusalIn is why the action cannot run in a place, or "".
func (a *App) refusalIn(place keys.Scope, act *action) string {
	if act.Scope&place == 0 {
		return "available in: " + act.Scope.Names()
	}
	return a.refusal(act)
}

// performIn runs an action of the palette exactly as its key would. One of another
// place says where it works.
func (a *App) performIn(place keys.Scope, act *action) tea.Cmd {
	if act.Scope&place == 0 {
		a.toast.Show(dialog.Refused, act.Name()+": "+a.refusalIn(place, act), a.now)
		return nil
	}
	return a.perform(act)
}
