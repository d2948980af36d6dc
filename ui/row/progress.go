package row

import (
	"cmp"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	barCells      = 14 // of a progress bar in a row
	shortBarCells = 5  // next to a step, if there is little room
)

// progressLine returns the time in the state and a progress bar against the usual duration,
// full if that is exceeded, and the current step of a build if it is known. A deadline
// is shown instead of the bar once it is near.
func (v *ViewState) progressLine(s *model.Snapshot, width int) text.Line {
	since, ok := v.Since(s)
	if !ok {
		return v.sourceLine(s, width)
	}
	elapsed := v.Now.Sub(since)
	step := v.buildStep(s)
	usual, known := v.History.Median(s.State)
	deadline, limited := s.Deadline()
	late := limited && deadline.Sub(v.Now) < model.BuildDeadline/2
	if known && (elapsed < usual || !late) {
		return v.progressBar(s.State, elapsed, usual, step, width)
	}
	what := step
	if what.IsEmpty() {
		what = text.Cell(briefSource(s))
	}
	switch {
	case late && deadline.Before(v.Now):
		return dim(text.Sprintf("%s · overdue · %s", format.Wait(elapsed), what))
	case late:
		return dim(text.Sprintf("%s of %s · %s", format.Wait(model.BuildDeadline-deadline.Sub(v.Now)), format.Age(model.BuildDeadline), what))
	default:
		return dim(text.Sprintf("%s · %s", format.Wait(elapsed), what))
	}
}

// progressBar returns the time in a state, a bar against the usual duration, and the step of
// a build. In a narrow cell the bar is short, so that the step is readable.
func (v *ViewState) progressBar(state model.State, elapsed, usual time.Duration, step text.Safe, width int) text.Line {
	role := StyleOf(state).Role
	if elapsed >= usual {
		role = theme.Warning
	}
	bar := func(cells int) text.Line {
		line := text.Sprintf("%s ", format.Wait(elapsed)).As(theme.Dim)
		return append(line, canvas.Bar(min(1, elapsed.Seconds()/max(usual.Seconds(), 1)), cells, role)...)
	}
	line := append(bar(barCells), text.Span{Text: text.Sprintf(" ~%s", format.Wait(usual)), Role: theme.Dim})
	if step.IsEmpty() {
		return line
	}
	rest := text.Sprintf("  %s", step).As(theme.Dim)
	if line.Width()+rest.Width() > width {
		line, rest = bar(shortBarCells), text.Sprintf(" %s", step).As(theme.Dim)
	}
	return text.Join(line, rest)
}

// buildStep returns the current step of the build of a row, empty if it is not known.
func (v *ViewState) buildStep(s *model.Snapshot) text.Safe {
	if built := v.Building(s); built != nil && v.BuildStep != nil {
		return v.BuildStep(built.ID)
	}
	return text.Safe{}
}

// MergeStep adds an event to the steps of a rebuild, which are the latest event of each
// step. An event without detail or snapshots keeps those of the event before it.
func MergeStep(steps []model.RebuildEvent, e model.RebuildEvent) []model.RebuildEvent {
	last := len(steps) - 1
	if last < 0 || steps[last].Step != e.Step {
		return append(steps, e)
	}
	if e.Phase != model.PhaseStarted {
		e.Detail = cmp.Or(e.Detail, steps[last].Detail)
		e.SnapshotID = cmp.Or(e.SnapshotID, steps[last].SnapshotID)
		e.Created = cmp.Or(e.Created, steps[last].Created)
	}
	steps[last] = e
	return steps
}
