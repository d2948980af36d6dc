package row

import (
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// barCells is the width of a progress bar in a row.
const barCells = 14

// longPending is the time after which a pending snapshot is most likely waiting for a free
// runner: the server assigns runners every 10 seconds.
const longPending = time.Minute

// sourceCell returns what matters most in the row's state: the running action, the failure
// reason, the progress, or else what the snapshot was made from.
func (v *ViewState) sourceCell(s *model.Snapshot) text.Line {
	if pending := v.Pending[s.ID]; pending != nil {
		return text.Line{{Text: pending.Progress(v.Now), Role: theme.Dim}}
	}
	switch state := s.State; {
	case v.Data.Store.Missing(s.ID):
		return dim(NotListedText(s))
	case state.Failed():
		return text.Line{{Text: text.Cell(failureReason(s)), Role: theme.Failed}}
	case state == model.StatePending:
		return dim(v.PendingText(s))
	case state.InTransition():
		return v.progressLine(s)
	default:
		return v.sourceLine(s)
	}
}

// NotListedText returns what is known of a snapshot that the last poll did not list.
func NotListedText(s *model.Snapshot) text.Safe {
	return text.Sprintf("was %s, missing from the last poll", s.State.Label())
}

// sourceCut returns how to shorten the cell: prose at the end, a ref or image in the
// middle, since tags and digests differ at the end.
func (v *ViewState) sourceCut(s *model.Snapshot) text.Cut {
	if v.Pending[s.ID] != nil || v.Data.Store.Missing(s.ID) || s.State.Failed() || s.State.InTransition() {
		return text.CutEnd
	}
	return text.CutMiddle
}

// failureReason returns why a snapshot failed.
func failureReason(s *model.Snapshot) string {
	if reason := strings.TrimSpace(s.ErrorReason.Value); reason != "" {
		return reason
	}
	return "the server gave no reason"
}

// PendingText returns how long a pending snapshot has waited, and for what.
func (v *ViewState) PendingText(s *model.Snapshot) text.Safe {
	since, ok := v.Since(s)
	if !ok {
		return text.Cell(source(s))
	}
	waited := v.Now.Sub(since)
	if waited < longPending {
		return text.Sprintf("%s · %s", format.Wait(waited), source(s))
	}
	where := ""
	if names := v.RegionNames(s); len(names) > 0 {
		where = " in " + strings.Join(names, ", ")
	}
	return text.Sprintf("%s · no runner is free%s", format.Wait(waited), where)
}

// progressLine returns the time in the state and a progress bar against the usual duration.
// If that is unknown or exceeded, it shows the deadline once it is near.
func (v *ViewState) progressLine(s *model.Snapshot) text.Line {
	since, ok := v.Since(s)
	if !ok {
		return v.sourceLine(s)
	}
	elapsed := v.Now.Sub(since)
	if usual, ok := v.History.Median(s.State); ok && elapsed < usual {
		line := text.Line{{Text: text.Sprintf("%s ", format.Wait(elapsed)), Role: theme.Dim}}
		line = append(line, canvas.Bar(elapsed.Seconds()/usual.Seconds(), barCells, StyleOf(s.State).Role)...)
		return append(line, text.Span{Text: text.Sprintf(" ~%s", format.Wait(usual)), Role: theme.Dim})
	}
	if deadline, ok := s.Deadline(); ok && deadline.Sub(v.Now) < model.BuildDeadline/2 {
		return dim(text.Sprintf("%s of %s · %s", format.Wait(model.BuildDeadline-deadline.Sub(v.Now)), format.Age(model.BuildDeadline), source(s)))
	}
	return dim(text.Sprintf("%s · %s", format.Wait(elapsed), source(s)))
}

// sourceLine returns the image or ref with the matched letters highlighted, and the number
// of snapshots with the same ref if there are several.
func (v *ViewState) sourceLine(s *model.Snapshot) text.Line {
	shown := source(s)
	var matched []int
	switch {
	case s.ImageName.Value != "":
		matched = v.Query.Matches(s, query.Image)
	case s.Ref.Value != "":
		matched = shortMatches(s.Ref.Value, v.Query.Matches(s, query.Ref))
	}
	line := text.Styled(shown, theme.Dim, matched)
	if n := v.Data.Store.RefCount(s); n > 1 {
		line = append(line, text.Span{Text: text.Sprintf("  ⧉ %d", n), Role: theme.Dim})
	}
	return line
}

// source returns a short form of what a snapshot was made from: image, ref or sandbox.
func source(s *model.Snapshot) string {
	switch {
	case s.ImageName.Value != "":
		return s.ImageName.Value
	case s.Ref.Value != "":
		return shortRef(s.Ref.Value)
	case s.BuildInfo.Value.SnapshotRef.Value != "":
		return shortRef(s.BuildInfo.Value.SnapshotRef.Value)
	case s.SourceSandboxID.Value != "":
		return "taken from sandbox " + s.SourceSandboxID.Value
	default:
		return none
	}
}

// minHiddenDigits is the minimum number of digits that a short ref omits. A shorter run of
// digits is not a digest.
const minHiddenDigits = 8

// refCut describes what a short ref omits: everything before from, and [gap, resume).
type refCut struct{ from, gap, resume int }

// cutRef omits the registry, the project and the middle of the digest.
func cutRef(ref string) refCut {
	const digits = "0123456789abcdef"
	cut := refCut{from: strings.LastIndexByte(ref, '/') + 1, gap: len(ref), resume: len(ref)}
	for start := cut.from; start < len(ref); {
		run := 0
		for start+run < len(ref) && strings.IndexByte(digits, ref[start+run]) >= 0 {
			run++
		}
		if run >= 4+minHiddenDigits+4 {
			cut.gap, cut.resume = start+4, start+run-4
			return cut
		}
		start += run + 1
	}
	return cut
}

// shortRef returns the distinctive part of a ref, such as daytona-3fa2…e91c:daytona.
func shortRef(ref string) string {
	cut := cutRef(ref)
	if cut.gap == cut.resume {
		return ref[cut.from:]
	}
	return ref[cut.from:cut.gap] + ellipsis + ref[cut.resume:]
}

const ellipsis = "…"

// shortMatches maps the offsets of matched bytes from a ref to its short form.
func shortMatches(ref string, matched []int) []int {
	cut := cutRef(ref)
	var moved []int
	for _, at := range matched {
		switch {
		case at >= cut.from && at < cut.gap:
			moved = append(moved, at-cut.from)
		case at >= cut.resume:
			moved = append(moved, at-cut.from-(cut.resume-cut.gap)+len(ellipsis))
		}
	}
	return moved
}
