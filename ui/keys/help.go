package keys

import (
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// helpKeyCells is the width of the keys in the help, with the space after them.
const helpKeyCells = 14

// Refusal returns why an action cannot run now, or "".
type Refusal func(*Action) string

// available reports whether a key runs the action in the scope now.
func (a *Action) available(scope Scope, refusal Refusal) bool {
	return a.Scope&scope != 0 && a.Keys.Enabled() && refusal(a) == ""
}

// Help lists the keys that work in the scope now, by group.
func Help(table []*Action, scope Scope, refusal Refusal) []text.Line {
	var lines []text.Line
	for _, group := range Groups() {
		heading := false
		for _, act := range table {
			if act.Group != group || !act.available(scope, refusal) {
				continue
			}
			if !heading {
				if lines != nil {
					lines = append(lines, nil)
				}
				lines = append(lines, text.Cell(strings.ToUpper(string(group))).As(theme.Dim))
				heading = true
			}
			help := act.Keys.Help()
			lines = append(lines, text.Join(text.Cell(help.Key).As(theme.Key).Fit(helpKeyCells), text.Cell(help.Desc).As(theme.Text)))
		}
	}
	return lines
}
