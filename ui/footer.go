package ui

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// footer shows the few keys that matter in this place, and at the right what the
// list is.
func (a *App) footer(width int) text.Line {
	var right text.Line
	place := a.top().Scope()
	if place&keys.OnScreens != 0 {
		right = a.listText(width).As(theme.Dim)
	}
	return keys.Footer(rows(a.actions), place, a.refusalOf, right, width)
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
	case a.order == row.Sort{Column: row.ColumnState}:
		return text.Sprintf("%s · failed first, then last use", a.countText())
	case a.order.Reversed:
		return text.Sprintf("%s · by %s, reversed", a.countText(), a.order.Column)
	default:
		return text.Sprintf("%s · by %s", a.countText(), a.order.Column)
	}
}
