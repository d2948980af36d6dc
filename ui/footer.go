package ui

import (
	"cmp"
	"slices"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// footer shows the few keys that matter in this place, and at the right what the
// list is.
func (a *App) footer(width int) text.Line {
	right := a.listText(width).As(theme.Dim)
	place := a.top().scope()
	if place&onScreens == 0 {
		right = nil
	}
	var line text.Line
	hints := a.hints(place)
	var last text.Line // help is always there: it tells all that has no room
	if n := len(hints); n > 0 && hints[n-1].id == "help" {
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

// hintLine is a key and what it does, behind the space that parts it from what is
// before it.
func hintLine(act *action) text.Line {
	first := shownKey(act.keys.Keys()[0])
	return text.Join(text.Lit("  ").As(theme.Dim), text.Cell(first).As(theme.Key), text.Sprintf(" %s", act.keys.Help().Desc).As(theme.Dim))
}

// hints are the actions of the place that can run now, the most useful first.
func (a *App) hints(place scope) []*action {
	var hints []*action
	for i := range a.actions {
		if act := &a.actions[i]; act.hint > 0 && act.keys.Enabled() && act.scope&place != 0 && a.refusal(act) == "" {
			hints = append(hints, act)
		}
	}
	slices.SortStableFunc(hints, func(x, y *action) int { return cmp.Compare(x.hint, y.hint) })
	return hints
}

// orderCells is the width from which on the footer has room for the order too.
const orderCells = 110

// listText says what the list is: how many, and in which order.
func (a *App) listText(width int) text.Safe {
	marked := a.table.MarkCount()
	switch {
	case marked > 0:
		return text.Sprintf("%s marked", format.Thousands(marked))
	case a.nothingRead():
		return text.Safe{}
	case width < orderCells:
		return a.countText()
	case a.state.Query.HasWords():
		return text.Sprintf("%s · best match first", a.countText())
	case a.order == order{column: ColumnState}:
		return text.Sprintf("%s · failed first, then last use", a.countText())
	case a.order.reversed:
		return text.Sprintf("%s · by %s, reversed", a.countText(), a.order.column)
	default:
		return text.Sprintf("%s · by %s", a.countText(), a.order.column)
	}
}
