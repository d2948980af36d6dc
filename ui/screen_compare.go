package ui

import (
	"image"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// compareLayer shows how two snapshots differ. The older one is the first.
type compareLayer struct {
	noInput
	app      *App
	compared [2]*model.Snapshot
	pager    *pager.Pager
}

func (*compareLayer) Scope() keys.Scope     { return keys.OnCompare }
func (l *compareLayer) Motion() keys.Motion { return l.pager }
func (l *compareLayer) Pager() *pager.Pager { return l.pager }

// refuseCompare refuses any number of marked snapshots but two.
func refuseCompare(a *App) string {
	if len(a.markedSnapshots()) != 2 {
		return "mark exactly two snapshots to compare them · " + a.keyFor("mark.toggle") + " mark"
	}
	return ""
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
	pair := a.markedSnapshots()
	slices.SortStableFunc(pair, func(x, y *model.Snapshot) int { return x.CreatedAt.Value.Compare(y.CreatedAt.Value) })
	l := &compareLayer{app: a, compared: [2]*model.Snapshot(pair), pager: &pager.Pager{}}
	l.render()
	return a.push(l)
}

func (l *compareLayer) render() {
	l.pager.SetLines(inspect.Compare(&l.app.state.ViewState, l.compared[0], l.compared[1]))
}

// Arrange compares again when a snapshot has changed. One that was deleted stays as it was
// last listed.
func (l *compareLayer) Arrange(image.Point) {
	changed := false
	for i, s := range l.compared {
		if current, ok := l.app.state.Data.Store.Get(s.ID); ok && current != s {
			l.compared[i], changed = current, true
		}
	}
	if changed {
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
