package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
)

// refuseCompare refuses any number of marked snapshots but two, which are compared, and none:
// then the selected one is compared with its saved recipe.
func refuseCompare(a *App) string {
	marked := len(a.markedSnapshots())
	if marked == 2 || marked == 0 && a.selected() != nil {
		return ""
	}
	return "mark exactly two snapshots, or none for the saved recipe · " + a.keyFor("mark.toggle") + " mark"
}

// markedSnapshots returns the marked snapshots that still exist.
func (a *App) markedSnapshots() []*model.Snapshot {
	var marked []*model.Snapshot
	for _, id := range a.table.Marked() {
		if s, ok := a.state.Data.Store.Get(id); ok {
			marked = append(marked, s)
		}
	}
	return marked
}

func (a *App) openCompare() tea.Cmd {
	if pair := a.markedSnapshots(); len(pair) == 2 {
		return a.showComparison(inspect.NewComparison(pair[0], pair[1]))
	}
	s := a.selected()
	saved := []model.SavedRecipe{a.state.Recipes[s.ID]}
	for _, rebuild := range a.state.unfinished {
		saved = append(saved, model.SavedRecipe{Snapshot: rebuild.Old, At: rebuild.Started})
	}
	return a.options.readDeleted(func(a *App, deleted []model.DeletedSnapshot, err error) tea.Cmd {
		for _, d := range deleted {
			saved = append(saved, model.SavedRecipe{Snapshot: d.Snapshot, At: d.At})
		}
		newest, ok := model.NewestRecipe(saved, s)
		switch {
		case a.top().Scope()&keys.OnScreens == 0: // another screen was opened
		case ok:
			return a.showComparison(inspect.Comparison{First: newest.Snapshot, Second: s, Saved: newest.At})
		case err != nil:
			a.toast.Show(dialog.Failed, "saved recipes cannot be read: "+err.Error(), a.now)
		default:
			a.toast.Show(dialog.Refused, "no saved recipe to compare with · or mark exactly two snapshots · "+a.keyFor("mark.toggle")+" mark", a.now)
		}
		return nil
	})
}

func (a *App) showComparison(c inspect.Comparison) tea.Cmd {
	text := c.Screen(&a.state.ViewState)
	return a.push(textLayer{&listLayer{app: a, scope: keys.OnCompare, list: text}, text.Pager})
}
