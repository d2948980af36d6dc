package inspect

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// regionsTab lists the regions of the organization and whether the snapshot is
// available in each.
func regionsTab(_ *Renderer, in Input) pager.Source {
	v, s := in.View, in.Snapshot
	if v.Regions == nil {
		lines := []text.Line{text.Lit("regions of the organization not known yet").As(theme.Dim), nil}
		for _, region := range v.RegionsOf(s) {
			lines = append(lines, regionLine(s, region, text.Safe{}))
		}
		return pager.Lines(lines)
	}
	var lines pager.Lines
	for _, region := range v.Regions {
		lines = append(lines, regionLine(s, region, text.Cell(region.Type)))
	}
	for _, region := range v.RegionsOf(s) {
		if _, known := v.Region(region.ID); !known {
			lines = append(lines, regionLine(s, region, text.Lit("unknown to this organization")))
		}
	}
	return lines
}

func regionLine(s *model.Snapshot, region model.Region, kind text.Safe) text.Line {
	available := s.InRegion(region.ID)
	mark := text.Line{{Text: text.Lit("·  "), Role: theme.Line}}
	word := text.Line{{Text: text.Lit("not available"), Role: theme.Dim}}
	if available {
		mark = text.Line{{Text: text.Sprintf("%s  ", row.StyleOf(s.State).Glyph), Role: row.StyleOf(s.State).Role}}
		word = text.Line{{Text: text.Lit("available"), Role: theme.Text}}
	}
	line := append(mark, text.Styled(region.Name, theme.Text, nil).Fit(20)...)
	line = append(line, word.Fit(16)...)
	line = append(line, text.Span{Text: kind, Role: theme.Dim})
	if region.ID != region.Name {
		line = append(line, text.Span{Text: text.Sprintf("  %s", region.ID), Role: theme.Dim})
	}
	return line
}
