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

// matrixSmall is the width below which names give room to regions.
const matrixSmall = 60

// matrixLayer shows the same rows as the table, by region: where each snapshot
// can be used.
type matrixLayer struct {
	noInput
	app   *App
	first int  // the leftmost region shown
	count int  // how many regions there are
	small bool // names give room to them
}

func (*matrixLayer) Scope() keys.Scope     { return keys.OnMatrix }
func (l *matrixLayer) Motion() keys.Motion { return l.app.table }

func (a *App) openMatrix() tea.Cmd {
	if _, below := find[*matrixLayer](a); below {
		a.pop() // the details that cover them
		return nil
	}
	layer := &matrixLayer{app: a}
	a.push(layer)
	layer.columns(a)
	return nil
}

// closed gives the grid back to the table.
func (l *matrixLayer) Closed() { l.app.table.SetColumns(row.Columns(&l.app.state.ViewState)) }

// scroll shows other regions where there are more than fit, and reports whether it did.
func (m *matrixLayer) scroll(a *App, by int) bool {
	before := m.first
	m.first = max(0, min(m.first+by, m.count-1))
	m.columns(a)
	return m.first != before
}

// arrange gives the columns other widths where the terminal became small or large.
func (m *matrixLayer) Arrange(image.Point) {
	a := m.app
	if m.small != (a.size.X < matrixSmall) {
		m.columns(a)
	}
}

// columns puts the regions into the table's grid: one cursor, one filter and one
// order for both screens.
func (m *matrixLayer) columns(a *App) {
	m.small = a.size.X < matrixSmall
	columns, count := row.RegionColumns(&a.state.ViewState, m.first, m.small)
	m.count = count
	a.table.SetColumns(columns)
}

// regionsShown is how many regions have room.
func (a *App) regionsShown() int {
	shown := 0
	for _, id := range a.table.VisibleColumns() {
		if row.IsRegion(id) {
			shown++
		}
	}
	return shown
}

func (m *matrixLayer) Draw(c *canvas.Canvas) {
	a := m.app
	if a.screen.Table.Empty() {
		return
	}
	head := a.screen.Header
	head.Min.Y = head.Max.Y - 1
	title := text.Line{
		{Text: text.Lit(" Regions"), Role: theme.Title},
		{Text: text.Lit("  where each snapshot can be used; the glyph is its state"), Role: theme.Dim},
	}
	total := text.Sprintf("%s · %s", a.countText(), format.Plural(m.count, "region")).As(theme.Dim)
	if shown := a.regionsShown(); shown < m.count {
		total = text.Join(total, text.Sprintf(" · %d to %d ", m.first+1, m.first+shown).As(theme.Dim), text.Lit("← →").As(theme.Key))
	}
	c.Put(head, text.Justify(title, total, head.Dx()))
	c.Put(a.screen.Table, a.table.View(true)...)
	a.drawEmpty(c)
}
