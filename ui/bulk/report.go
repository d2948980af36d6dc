package bulk

import (
	"slices"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// maxName is the maximum width of a name in the report.
const maxName = 28

// Report returns the progress and the failures, wrapped to width cells, in at most room
// lines. connection names the organization and the server.
func (a *Action[S]) Report(connection string, width, room int) []text.Line {
	counts := a.Counts()
	var running text.Line
	if a.Active() {
		running = text.Sprintf(" · %d running", counts.Running).As(theme.Dim)
	}
	lines := []text.Line{
		text.Join(a.title.As(theme.Title), text.Sprintf("  in %s", connection).As(theme.Dim)),
		nil,
		canvas.Bar(float64(a.done+len(a.failures)+len(a.unknown))/float64(max(a.total, 1)), width, theme.Accent),
		nil,
		text.Join(
			text.Sprintf("%d %s", counts.Done, a.past).As(theme.Text),
			a.number(counts.Failed, "failed"), a.number(counts.Unknown, "unknown"), running, a.number(counts.NotTried, "not tried")),
		nil,
	}
	return append(lines, a.notDone(width, max(room-len(lines), 1))...)
}

// number returns a count of the report. In a finished one a zero says nothing.
func (a *Action[S]) number(n int, what string) text.Line {
	if n == 0 && !a.Active() {
		return nil
	}
	return text.Sprintf(" · %d %s", n, what).As(theme.Dim)
}

// notDone returns the items that failed or have an unknown outcome, and why, in as many lines
// as the reasons need.
func (a *Action[S]) notDone(width, room int) []text.Line {
	const indent = 3
	var lines []text.Line
	all := append(slices.Clip(a.failures), a.unknown...)
	for i, e := range all {
		mark := text.Lit("✗ ").As(theme.Failed)
		if i >= len(a.failures) {
			mark = text.Lit("? ").As(theme.Warning)
		}
		line := text.Join(mark,
			text.Styled(e.name, theme.Text, nil).Cut(maxName, text.CutMiddle),
			text.Sprintf("  %s", e.reason).As(theme.Dim))
		parts := line.WrapHanging(max(width, 1), indent)
		if len(lines)+len(parts) >= room && len(all) > 1 {
			return append(lines, text.Sprintf("  and %d more, see the activity", len(all)-i).As(theme.Dim))
		}
		lines = append(lines, parts...)
	}
	return lines
}

// Hint says what esc does. Resume is the key that resumes unfinished actions, "" if
// there are none; marked is how many items are still marked.
func (a *Action[S]) Hint(now time.Time, resume string, marked int) text.Line {
	key := text.Lit("esc ").As(theme.Key)
	switch wait := a.Paused(now); {
	case !a.Active():
		note := text.Sprintf("close · took %s", format.Seconds(a.elapsed))
		if resume != "" {
			note = text.Sprintf("close · %s resume unfinished actions", resume)
		}
		if len(a.unknown) > 0 {
			note = text.Lit("close · unknown ones are asked again")
		}
		if marked > 0 {
			note = text.Sprintf("%s · the rest stays marked", note)
		}
		return text.Join(key, note.As(theme.Dim))
	case a.Stopping():
		return text.Lit("stopping: waiting for what is running").As(theme.Dim)
	case wait > 0:
		return text.Join(key, text.Sprintf("stop · rate limited, resuming in %s", format.Wait(wait)).As(theme.Dim))
	default:
		return text.Join(key, text.Lit("stop after what is running").As(theme.Dim))
	}
}
