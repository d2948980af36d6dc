package ui

import (
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// footer shows the few keys that matter in this place, and at the right what the
// list is.
func (a *App) footer(width int) text.Line {
	var right text.Line
	place := a.top().Scope()
	if place&keys.OnScreens != 0 {
		right = a.summary().Line(width).As(theme.Dim)
	}
	return keys.Footer(rows(a.actions), place, a.refusalOf, right, width)
}
