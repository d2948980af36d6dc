package row

import (
	"cmp"
	"math"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// minCommand is how many cells of a failed command stay before its exit code.
const minCommand = 8

// longPending is the time after which a pending snapshot is most likely waiting for a free
// runner: the server assigns runners every 10 seconds.
const longPending = time.Minute

// unlimited is the width of a cell that is not cut.
const unlimited = math.MaxInt

// sourceCell returns what matters most in the row's state: the running action, the time
// since a failure and its reason, the progress, or else what the snapshot was made from.
func (v *ViewState) sourceCell(s *model.Snapshot) text.Line { return v.sourceIn(s, unlimited) }

// sourceIn returns the source cell in at most width cells.
func (v *ViewState) sourceIn(s *model.Snapshot, width int) text.Line {
	if pending := v.Pending[s.ID]; pending != nil {
		progress := pending.Progress(v.LocalNow())
		if step := v.buildStep(s); !step.IsEmpty() {
			progress = text.Sprintf("%s %s · %s", pending.Action, format.Age(v.LocalNow().Sub(pending.Started)), step)
		}
		return dim(progress).Cut(width, text.CutEnd)
	}
	switch state := s.State; {
	case v.Data.Store.Missing(s.ID):
		return dim(NotListedText(s)).Cut(width, text.CutEnd)
	case state.Failed():
		return v.failureLine(s, width)
	case state == model.StatePending:
		return dim(v.PendingText(s)).Cut(width, text.CutEnd)
	case state.InTransition():
		return v.progressLine(s, width).Cut(width, text.CutEnd)
	default:
		return v.sourceLine(s, width)
	}
}

// needsRoom reports whether the source cell says more than what the snapshot was made
// from, so that it takes the room of idle cells.
func (v *ViewState) needsRoom(s *model.Snapshot) bool {
	return v.Pending[s.ID] != nil || v.Data.Store.Missing(s.ID) || s.State.Failed() || s.State.InTransition()
}

// NotListedText returns what is known of a snapshot that the last poll did not list.
func NotListedText(s *model.Snapshot) text.Safe {
	return text.Sprintf("was %s, missing from the last poll", s.State.Label())
}

// failureLine returns since when and why a snapshot failed: "3m ago · npm ci → exit 137".
// A command that is too long is cut before its exit code.
func (v *ViewState) failureLine(s *model.Snapshot, width int) text.Line {
	var line text.Line
	if since, ok := v.Since(s); ok {
		line = text.Sprintf("%s · ", format.Ago(since, v.Now)).As(theme.Dim)
	}
	reason := text.Cell(v.failureReason(s, width == unlimited)).As(theme.Failed)
	if command, exit, ok := strings.Cut(reason.String(), model.ExitMark); ok {
		code := text.Cell(model.ExitMark + exit).As(theme.Failed)
		room := max(width-line.Width()-code.Width(), minCommand)
		reason = text.Join(text.Cell(command).As(theme.Failed).Cut(room, text.CutEnd), code)
	}
	return text.Join(line, reason).Cut(width, text.CutEnd)
}

// failureReason returns why a snapshot failed, in short or in the words of the server.
func (v *ViewState) failureReason(s *model.Snapshot, whole bool) string {
	reason := strings.TrimSpace(s.ErrorReason.Value)
	if !whole {
		reason = v.shortReasons.of(reason)
	}
	return cmp.Or(reason, "the server gave no reason")
}

// maxShortReasons is more than a screen shows.
const maxShortReasons = 512

// shortReasons keeps short reasons: each takes about 20 µs, and a frame needs many of them,
// some more than once.
type shortReasons map[string]string

func (known *shortReasons) of(reason string) string {
	if short, ok := (*known)[reason]; ok {
		return short
	}
	if *known == nil || len(*known) >= maxShortReasons {
		*known = make(shortReasons)
	}
	short := model.ShortReason(reason)
	(*known)[reason] = short
	return short
}

// PendingText returns how long a pending snapshot has waited, and for what.
func (v *ViewState) PendingText(s *model.Snapshot) text.Safe {
	since, ok := v.Since(s)
	if !ok {
		return text.Cell(briefSource(s))
	}
	waited := v.Now.Sub(since)
	if waited < longPending {
		return text.Sprintf("%s · %s", format.Wait(waited), briefSource(s))
	}
	where := ""
	if names := v.RegionNames(s); len(names) > 0 {
		where = " in " + strings.Join(names, ", ")
	}
	return text.Sprintf("%s · no runner is free%s", format.Wait(waited), where)
}
