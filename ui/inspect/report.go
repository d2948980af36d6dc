package inspect

import (
	"strings"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// reportWidth is the width of a report, wide enough that nothing is cut.
const reportWidth = 1 << 16

// Report returns the details of a snapshot as one text, for a command: all tabs except the
// history and the JSON. Lines are not wrapped.
func Report(v *row.ViewState, s *model.Snapshot) []text.Line {
	r, in := NewRenderer(), Input{View: v, Snapshot: s, Width: reportWidth}
	lines := []text.Line{text.Join(text.Styled(s.Name, theme.Title, nil), text.Sprintf("  %s", s.ID).As(theme.Dim)), nil}
	overview := &page{Input: in}
	overview.overviewRows(r)
	lines = append(lines, overview.lines...)
	section := func(title text.Safe, body []text.Line) {
		lines = append(append(lines, nil, title.As(theme.Dim)), body...)
	}
	if _, built := s.BuildInfo.Get(); built {
		build := &page{Input: in}
		build.buildRows(r)
		section(text.Lit("BUILD"), build.lines)
	}
	regions := regionsTab(r, in)
	section(text.Lit("REGIONS"), linesOf(regions.Len(), regions.Line))
	if raw, ok := s.Dockerfile(); ok {
		section(text.Lit("DOCKERFILE"), text.Pane(strings.TrimSuffix(raw, "\n"), theme.Text))
	}
	return lines
}

func linesOf(n int, line func(int) text.Line) []text.Line {
	lines := make([]text.Line, n)
	for i := range lines {
		lines[i] = line(i)
	}
	return lines
}
