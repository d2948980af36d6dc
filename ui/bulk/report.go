package bulk

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/text"
)

// maxName is the maximum width of a name in the report.
const maxName = 28

// Report returns the progress and the failures, wrapped to width cells, in at most room
// lines. connection names the organization and the server.
func (a *Action[S]) Report(connection string, width, room int) []text.Line {
	counts := a.Counts()
	lines := []text.Line{
		text.Join(a.title.As(theme.Title), text.Sprintf("  in %s", connection).As(theme.Dim)),
		nil,
		canvas.Bar(float64(a.done+len(a.failures))/float64(max(a.total, 1)), width, theme.Accent),
		nil,
		text.Join(
			text.Sprintf("%d %s", counts.Done, a.past).As(theme.Text),
			text.Sprintf(" · %d failed · %d running · %d not tried", counts.Failed, counts.Running, counts.NotTried).As(theme.Dim)),
		nil,
	}
	return append(lines, a.failureLines(width, max(room-len(lines), 1))...)
}

// failureLines returns the failed items with their reasons, wrapped.
func (a *Action[S]) failureLines(width, room int) []text.Line {
	const indent = 3
	var lines []text.Line
	for i, f := range a.failures {
		line := text.Join(
			text.Lit("✗ ").As(theme.Failed),
			text.Styled(f.name, theme.Text, nil).Cut(maxName, text.CutMiddle),
			text.Sprintf("  %s", f.reason).As(theme.Dim))
		parts := line.WrapHanging(max(width, 1), indent)
		if len(lines)+len(parts) >= room && (i > 0 || len(a.failures) > 1) {
			return append(lines, text.Sprintf("  and %d more failed, see the activity", len(a.failures)-i).As(theme.Dim))
		}
		lines = append(lines, parts...)
	}
	return lines
}
