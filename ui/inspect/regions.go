package inspect

import (
	"maps"
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// The names of the regions in the tab take as much room as they need, between these widths.
const (
	minRegionName = 18
	maxRegionName = 40
)

// regionsTab lists the regions of the organization and whether the snapshot is
// available in each.
func regionsTab(_ *Renderer, in Input) pager.Source {
	v, s := in.View, in.Snapshot
	available := make(map[string]bool, len(s.RegionIDs.Value))
	for _, id := range s.RegionIDs.Value {
		available[id] = true
	}
	role := row.StyleOf(v.ShownState(s)).Role // as on the regions screen
	var lines pager.Lines
	kind := text.Lit("unknown to this organization")
	if v.Regions == nil {
		lines = append(lines, text.Lit("regions of the organization not known yet").As(theme.Dim), nil)
		kind = text.Safe{}
	}
	known := make(map[string]bool, len(v.Regions))
	for _, region := range v.Regions {
		known[region.ID] = true
	}
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(available)), func(id string) bool { return known[id] })
	others, more := v.SortedRegions(unknown)
	width := minRegionName
	for _, region := range slices.Concat(v.Regions, others) {
		width = min(max(width, text.Cell(region.Name).Width()), maxRegionName)
	}
	for _, region := range v.Regions {
		lines = append(lines, regionLine(role, region, width, text.Cell(region.Type), available[region.ID]))
	}
	for _, region := range others {
		lines = append(lines, regionLine(role, region, width, kind, true))
	}
	if more > 0 {
		lines = append(lines, text.Sprintf("and %s more", format.Thousands(more)).As(theme.Dim))
	}
	return lines
}

func regionLine(role theme.Role, region model.Region, width int, kind text.Safe, available bool) text.Line {
	mark := text.Line{{Text: text.Lit("·  "), Role: theme.Line}}
	word := text.Line{{Text: text.Lit("not available"), Role: theme.Dim}}
	if available {
		mark = text.Line{{Text: text.Lit("●  "), Role: role}}
		word = text.Line{{Text: text.Lit("available"), Role: theme.Text}}
	}
	line := append(mark, text.Styled(region.Name, theme.Text, nil).Cut(width, text.CutMiddle).Fit(width+2)...)
	line = append(line, word.Fit(16)...)
	line = append(line, text.Span{Text: kind, Role: theme.Dim})
	if region.ID != region.Name {
		line = append(line, text.Span{Text: text.Sprintf("  %s", region.ID), Role: theme.Dim})
	}
	return line
}
