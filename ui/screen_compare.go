package ui

import (
	"context"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// compareLayer shows how two snapshots differ.
type compareLayer struct {
	noInput
	app      *App
	compared inspect.Comparison
	pager    *pager.Pager
}

func (*compareLayer) Scope() keys.Scope     { return keys.OnCompare }
func (l *compareLayer) Motion() keys.Motion { return l.pager }
func (l *compareLayer) Pager() *pager.Pager { return l.pager }

// refuseCompare refuses any number of marked snapshots but two, and none, where the selected
// one is compared with its saved recipe.
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
	return a.options.readRecipes(s, saved)
}

// recipesReadMsg: the saved recipes that a snapshot may be compared with were read.
type recipesReadMsg struct {
	of    *model.Snapshot
	saved []model.SavedRecipe
	err   error
}

// readRecipes adds the recipes of deleted snapshots to others that a snapshot may be compared
// with.
func (o *Options) readRecipes(of *model.Snapshot, saved []model.SavedRecipe) tea.Cmd {
	trash := o.Trash
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		deleted, err := trash.Deleted(ctx)
		for _, d := range deleted {
			saved = append(saved, model.SavedRecipe{Snapshot: d.Snapshot, At: d.At})
		}
		return recipesReadMsg{of: of, saved: saved, err: err}
	})
}

func (msg recipesReadMsg) apply(a *App) tea.Cmd {
	if a.top().Scope()&keys.OnScreens == 0 {
		return nil // another screen was opened
	}
	saved, ok := model.NewestRecipe(msg.saved, msg.of)
	switch {
	case ok:
		return a.showComparison(inspect.Comparison{First: saved.Snapshot, Second: msg.of, Saved: saved.At})
	case msg.err != nil:
		a.toast.Show(dialog.Failed, "saved recipes cannot be read: "+msg.err.Error(), a.now)
	default:
		a.toast.Show(dialog.Refused, "no saved recipe to compare with · or mark exactly two snapshots · "+a.keyFor("mark.toggle")+" mark", a.now)
	}
	return nil
}

func (a *App) showComparison(c inspect.Comparison) tea.Cmd {
	l := &compareLayer{app: a, compared: c, pager: &pager.Pager{}}
	l.render()
	return a.push(l)
}

func (l *compareLayer) render() { l.pager.SetLines(l.compared.Lines(&l.app.state.ViewState)) }

// Arrange compares again when a snapshot has changed.
func (l *compareLayer) Arrange(image.Point) {
	if l.compared.Update(l.app.state.Data.Store) {
		l.render()
	}
	r := l.app.screen.Body
	l.pager.SetSize(max(r.Dx()-2, 1), max(r.Dy()-1, 0))
}

func (l *compareLayer) Draw(c *canvas.Canvas) {
	body := l.app.screen.Body
	c.Put(body, text.Lit(" COMPARISON").As(theme.Dim))
	body.Min.Y++
	body.Min.X++
	c.Put(body, l.pager.View()...)
}
