package ui

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

const (
	regionCells = 13 // width of one region in the matrix
	regionLeast = 8  // where the terminal is small
	matrixSmall = 60 // below this a name gives way, too: the regions are what it is about
	matrixName  = 12 // its least width then
)

// regionDrop is when a region gives way as room shrinks: the first one never, the
// others from the right.
func regionDrop(i int) int {
	if i == 0 {
		return 0
	}
	return i + 2
}

// matrixLayer shows the same rows as the table, by region: where each snapshot
// can be used.
type matrixLayer struct {
	noInput
	first int  // the leftmost region shown
	count int  // how many regions there are
	small bool // names give room to them
}

func (*matrixLayer) scope() keys.Scope    { return keys.OnMatrix }
func (*matrixLayer) motion(a *App) motion { return a.table }

func (a *App) openMatrix() tea.Cmd {
	if _, below := find[*matrixLayer](a); below {
		a.pop() // the details that cover them
		return nil
	}
	layer := &matrixLayer{}
	a.push(layer)
	layer.columns(a)
	return nil
}

// closed gives the grid back to the table.
func (*matrixLayer) closed(a *App) { a.table.SetColumns(Columns(&a.state.ViewState)) }

// scroll shows other regions where there are more than fit, and reports whether it did.
func (m *matrixLayer) scroll(a *App, by int) bool {
	before := m.first
	m.first = max(0, min(m.first+by, m.count-1))
	m.columns(a)
	return m.first != before
}

// arrange gives the columns other widths where the terminal became small or large.
func (m *matrixLayer) arrange(a *App) {
	if m.small != (a.size.X < matrixSmall) {
		m.columns(a)
	}
}

// columns puts the regions into the table's grid: one cursor, one filter and one
// order for both screens.
func (m *matrixLayer) columns(a *App) {
	k := &a.state.ViewState
	m.small = a.size.X < matrixSmall
	all := Columns(k)
	shown := make([]Column, 0, len(k.Regions)+3)
	for _, c := range all {
		switch c.ID {
		case ColumnName:
			if m.small {
				c.Min = matrixName
			}
			shown = append(shown, c)
		case ColumnState:
			shown = append(shown, c)
		}
	}
	regions, totals := k.matrixRegions()
	m.count = len(regions)
	for i, region := range regions[min(m.first, len(regions)):] {
		shown = append(shown, k.regionColumn(region, totals[region.ID], regionDrop(i)))
	}
	shown = append(shown, Column{
		ID: ColumnRegions, Title: text.Lit("REGIONS"), Min: 7, Max: 7, Right: true, DropPriority: 1,
		Cell: func(s *model.Snapshot) text.Line { return dim(text.Sprintf("%d", len(s.RegionIDs.Value))) },
	})
	a.table.SetColumns(shown)
}

// regionColumn is one region: its name, kind and total, and a glyph of the state
// where a snapshot is available. The API knows no state per region.
func (k *ViewState) regionColumn(region model.Region, total, drop int) Column {
	return Column{
		ID: regionPrefix + region.ID, Title: text.Cell(region.Name), Bright: true, Subtitle: text.Sprintf("%s %s", region.Type, format.Thousands(total)),
		Min: regionLeast, Max: regionCells, DropPriority: drop, Cut: text.CutMiddle,
		Cell: func(s *model.Snapshot) text.Line {
			if !s.InRegion(region.ID) {
				return text.Line{{Text: text.Lit("·"), Role: theme.Line}}
			}
			l := row.StyleOf(k.ShownState(s))
			return text.Line{{Text: l.Glyph, Role: l.Role}}
		},
	}
}

// matrixRegions are the organization's regions and those that only snapshots
// name, with the number of snapshots in each.
func (k *ViewState) matrixRegions() ([]model.Region, map[string]int) {
	totals := k.Data.Totals.Regions
	regions := slices.Clone(k.Regions)
	for _, id := range slices.Sorted(maps.Keys(totals)) {
		if region, known := k.Region(id); !known {
			region.Type = "unknown"
			regions = append(regions, region)
		}
	}
	return regions, totals
}

// regionsShown is how many regions have room.
func (a *App) regionsShown() int {
	shown := 0
	for _, id := range a.table.VisibleColumns() {
		if strings.HasPrefix(id, regionPrefix) {
			shown++
		}
	}
	return shown
}

// regionPrefix begins the ids of the columns that are regions.
const regionPrefix = "region:"

func (m *matrixLayer) draw(a *App, c *canvas.Canvas) {
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
