package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

func (state *appState) refuseSameRef(s *model.Snapshot) string {
	if !state.Data.Store.HasSameRef(s) {
		return "no other snapshot has the same ref"
	}
	return ""
}

// goToSameRef moves the cursor to the next snapshot with the same ref, in a circle.
func (a *App) goToSameRef() tea.Cmd {
	s := a.selected()
	all := append(a.state.Data.Store.SameRef(s), s)
	slices.SortFunc(all, model.CompareName)
	next := (slices.Index(all, s) + 1) % len(all)
	return a.goTo(all[next])
}

// goTo moves the cursor to a snapshot, and clears a filter that hides it.
func (a *App) goTo(s *model.Snapshot) tea.Cmd {
	if a.table.Select(s.ID) {
		return nil
	}
	a.shown.goTo = s.ID
	return a.setFilter("")
}
