package keys

import (
	"cmp"
	"slices"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Footer draws the most useful keys that work in the scope, as many as fit, and right
// at the right edge.
func Footer(table []*Action, scope Scope, refusal Refusal, right text.Line, width int) text.Line {
	hints := footerActions(table, scope, refusal)
	var line, last text.Line // help is always shown: it lists the keys that do not fit
	if n := len(hints); n > 0 && hints[n-1].ID == "help" {
		last, hints = hintLine(hints[n-1]), hints[:n-1]
	}
	for _, act := range hints {
		entry := hintLine(act)
		if line.Width()+entry.Width()+last.Width()+right.Width()+2 > width {
			break
		}
		line = append(line, entry...)
	}
	line = append(line, last...)
	return text.Justify(line.Slice(1, line.Width()), right, width) // one space is enough at the edge
}

// hintLine draws a key and what it does, with a leading separator.
func hintLine(act *Action) text.Line {
	return text.Join(text.Lit("  ").As(theme.Dim), text.Cell(act.Key()).As(theme.Key), text.Sprintf(" %s", act.Name()).As(theme.Dim))
}

// footerActions returns the available actions with a hint, in footer order.
func footerActions(table []*Action, scope Scope, refusal Refusal) []*Action {
	var hints []*Action
	for _, act := range table {
		if act.Hint > 0 && act.available(scope, refusal) {
			hints = append(hints, act)
		}
	}
	slices.SortStableFunc(hints, func(x, y *Action) int { return cmp.Compare(x.Hint, y.Hint) })
	return hints
}
