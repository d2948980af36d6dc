package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
)

func (k *appState) refuseSameRef(s *model.Snapshot) string {
	switch {
	case !k.Data.Store.HasSameRef(s):
		return "no other snapshot has the same ref"
	default:
		return ""
	}
}

// goToTwin goes round the snapshots that share a ref.
func (a *App) goToSameRef() tea.Cmd {
	s := a.selected()
	twins := append(a.state.Data.Store.SameRef(s), s)
	slices.SortFunc(twins, model.CompareName)
	next := (slices.Index(twins, s) + 1) % len(twins)
	return a.goTo(twins[next])
}

// goTo puts the cursor on a snapshot; where the filter hides it, the filter goes.
func (a *App) goTo(s *model.Snapshot) tea.Cmd {
	if a.table.Select(s.ID) {
		return nil
	}
	cmd := a.setFilter("")
	a.table.Select(s.ID)
	return cmd
}
