package inspect

import (
	"cmp"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// TabSandboxes is the name of the tab with the sandboxes.
const TabSandboxes = "Sandboxes"

// maxSandboxes limits how many sandboxes the tab lists.
const maxSandboxes = 1000

// sandboxesTab lists the warm pools and the sandboxes of the snapshot: those in use first, then
// the latest active ones.
func sandboxesTab(_ *Renderer, in Input) pager.Source {
	use, answered := in.View.Uses.ByName[in.Snapshot.Name]
	if !answered {
		return pager.Lines{text.Lit("asking which sandboxes use it …").As(theme.Dim)} // once the tab is open
	}
	head := row.UseText(use, in.View.Now)
	role := theme.Text
	if use.State() == model.UseUnknown {
		role = theme.Warning
	}
	lines := pager.Lines(head.As(role).Wrap(max(in.Width, 8)))
	if pools := in.View.PoolTexts(in.Snapshot); pools != "" {
		lines = append(lines, text.Sprintf("warm pools: %s", pools).As(theme.Text).Wrap(max(in.Width, 8))...)
	}
	lines = append(lines, text.Sprintf("asked %s", format.Relative(use.At, in.View.LocalNow())).As(theme.Dim))
	if len(use.Sandboxes) == 0 {
		return lines
	}
	return append(append(lines, nil), sandboxRows(in, use.Sandboxes)...)
}

// sandboxRow is a sandbox as the cells of a row.
type sandboxRow [4]text.Line

// sandboxRows returns the table of the sandboxes, with a heading.
func sandboxRows(in Input, sandboxes []model.Sandbox) []text.Line {
	dim := func(heading text.Safe) text.Line { return heading.As(theme.Dim) }
	rows := []sandboxRow{{dim(text.Lit("NAME")), dim(text.Lit("STATE")), dim(text.Lit("REGION")), dim(text.Lit("LAST ACTIVITY"))}}
	sorted := slices.SortedStableFunc(slices.Values(sandboxes), func(x, y model.Sandbox) int {
		switch {
		case x.InUse() && !y.InUse():
			return -1
		case y.InUse() && !x.InUse():
			return 1
		}
		return y.LastActivityAt.Time().Compare(x.LastActivityAt.Time())
	})
	for _, s := range sorted[:min(len(sorted), maxSandboxes)] {
		rows = append(rows, newSandboxRow(in.View, s))
	}
	lines := alignSandboxes(rows, in.Width)
	if more := len(sandboxes) - maxSandboxes; more > 0 {
		lines = append(lines, text.Sprintf("and %s more", format.Thousands(more)).As(theme.Dim))
	}
	return lines
}

func newSandboxRow(v *row.ViewState, s model.Sandbox) sandboxRow {
	role := theme.Dim
	if s.InUse() {
		role = theme.Active
	}
	region, _ := v.Region(s.RegionID)
	active := optional(s.LastActivityAt.Optional(), func(at time.Time) text.Line {
		return text.Cell(format.Relative(at, v.Now)).As(theme.Text)
	})
	if s.LastActivityAt.Presence == model.Absent {
		active = text.Lit("none").As(theme.Dim)
	}
	return sandboxRow{text.Styled(s.Name, theme.Text, nil), text.Cell(s.State).As(role), plainText(cmp.Or(region.Name, "not known")), active}
}

// alignSandboxes aligns the columns. The name takes what the others leave.
func alignSandboxes(rows []sandboxRow, width int) []text.Line {
	const minName, gap = 12, 2
	widths := make([]int, len(sandboxRow{}))
	for _, r := range rows {
		for i, cell := range r {
			widths[i] = max(widths[i], cell.Width())
		}
	}
	widths[1], widths[2] = min(widths[1], 18), min(widths[2], 18)
	widths[0] = min(widths[0], max(width-widths[1]-widths[2]-widths[3]-3*gap, minName))
	lines := make([]text.Line, len(rows))
	for i, r := range rows {
		var line text.Line
		for column, cell := range r {
			line = text.Join(line, cell.Cut(widths[column], text.CutMiddle).Fit(widths[column]+gap))
		}
		lines[i] = line
	}
	return lines
}

// useRows shows which sandboxes use the snapshot, or the key that asks, and its warm pools.
func (p *page) useRows() {
	s, uses := p.Snapshot, p.View.Uses
	use, answered := uses.ByName[s.Name]
	switch {
	case answered:
		line := row.UseText(use, p.View.Now).As(theme.Text)
		if now := p.View.LocalNow(); !use.Fresh(now) {
			line = text.Join(line, text.Sprintf(" · asked %s", format.Relative(use.At, now)).As(theme.Dim))
		}
		p.field(text.Lit("sandboxes"), line)
	case uses.Asking[s.Name]:
		p.field(text.Lit("sandboxes"), text.Lit("asking …").As(theme.Dim))
	case p.UseKey != "":
		p.field(text.Lit("sandboxes"), text.Sprintf("not asked yet · %s Sandboxes", p.UseKey).As(theme.Dim))
	}
	for i, pool := range uses.Pools.Of(s) {
		label := text.Safe{}
		if i == 0 {
			label = text.Lit("warm pools")
		}
		line := text.Sprintf("%s, %s ready", p.View.PoolText(pool), format.Thousands(pool.Ready)).As(theme.Text)
		if pool.Reason != "" {
			line = text.Join(line, text.Sprintf("  ✗ %s", pool.Reason).As(theme.Failed))
		}
		p.field(label, line)
	}
}
