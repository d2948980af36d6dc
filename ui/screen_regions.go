package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// narrowRegions is the width below which the regions have no columns: their names are listed,
// as always for screen readers.
const narrowRegions = 72

// regionsLayer shows the same rows as the table, by region: where each snapshot
// can be used.
type regionsLayer struct {
	noInput
	app   *App
	first int  // the leftmost region shown
	count int  // how many regions there are
	named bool // their names are listed
}

func (*regionsLayer) Scope() keys.Scope     { return keys.OnRegions }
func (l *regionsLayer) Motion() keys.Motion { return l.app.table }

func (a *App) openRegions() tea.Cmd {
	if _, below := find[*regionsLayer](a.layerStack); below {
		a.pop() // the details that cover it
		return nil
	}
	layer := &regionsLayer{app: a}
	a.push(layer)
	layer.setColumns()
	return nil
}

// Closed gives the grid back to the table.
func (l *regionsLayer) Closed() { l.app.table.SetColumns(row.Columns(&l.app.state.ViewState)) }

// scroll moves the first region, and reports whether that changed what is shown.
func (l *regionsLayer) scroll(by int) bool {
	if l.named {
		return false
	}
	before := l.first
	l.first = max(0, min(l.first+by, l.count-1))
	l.setColumns()
	return l.first != before
}

// Arrange changes the widths of the columns when the terminal became small or large.
func (l *regionsLayer) Arrange(size image.Point) {
	if l.named != (size.X < narrowRegions || l.app.theme.Plain()) {
		l.setColumns()
	}
}

// setColumns puts the regions into the table's grid: one cursor, one filter and one
// order for both screens.
func (l *regionsLayer) setColumns() {
	l.named = l.app.size.X < narrowRegions || l.app.theme.Plain()
	columns, count := row.RegionColumns(&l.app.state.ViewState, l.first, l.named)
	l.count = count
	l.app.table.SetColumns(columns)
}

// visible returns the number of visible regions.
func (l *regionsLayer) visible() int {
	n := 0
	for _, id := range l.app.table.VisibleColumns() {
		if row.IsRegion(id) {
			n++
		}
	}
	return n
}

func (l *regionsLayer) Draw(c *canvas.Canvas) {
	a := l.app
	if a.screen.Table.Empty() {
		return
	}
	head := a.screen.Header
	head.Min.Y = head.Max.Y - 1
	total := text.Sprintf("%s · %s", a.summary().Count(), format.Plural(l.count, "region")).As(theme.Dim)
	if shown := l.visible(); shown < l.count && !l.named {
		total = text.Join(total, text.Sprintf(" · %d to %d ", l.first+1, l.first+shown).As(theme.Dim), text.Lit("← →").As(theme.Key))
	}
	c.Put(head, text.Justify(row.RegionsTitle(head.Dx()-total.Width()-3, l.named), total, head.Dx()))
	c.Put(a.screen.Table, a.table.View(true)...)
	a.drawEmpty(c)
}
