package keys

import (
	"image"
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	helpKeyCells   = 14 // width of the keys in a list, with the space after them
	columnKeyCells = 6  // the same in columns with little room, where a longer key moves what it does
	alignedKeys    = 0  // the same in columns: what the longest key of the group needs
	columnGap      = 3  // empty cells between two columns
	maxHelpColumns = 4
)

// Refusal returns why an action cannot run now, or "".
type Refusal func(*Action) string

// available reports whether a key runs the action in the scope now.
func (a *Action) available(scope Scope, refusal Refusal) bool {
	return a.Scope&scope != 0 && a.Keys.Enabled() && refusal(a) == ""
}

// Help lists the keys that work in the scope now, by group: as one list, or in columns if
// the list is longer than the room and the columns fit into it.
func Help(table []*Action, scope Scope, refusal Refusal, room image.Point) []text.Line {
	list := joinGroups(helpGroups(table, scope, refusal, helpKeyCells))
	if len(list) <= room.Y {
		return list
	}
	for _, keyCells := range []int{alignedKeys, columnKeyCells} {
		groups := helpGroups(table, scope, refusal, keyCells)
		for _, split := range []bool{false, true} {
			if lines := inColumns(groups, len(list), split, room); lines != nil {
				return lines
			}
		}
	}
	return list
}

// inColumns returns the groups in as few columns as fit into the room, nil if none do. total
// is the number of lines.
func inColumns(groups [][]text.Line, total int, split bool, room image.Point) []text.Line {
	for n := 2; n <= maxHelpColumns; n++ {
		for height := (total + n - 1) / n; height <= room.Y; height++ {
			columns := flow(groups, height, split)
			if lines := sideBySide(columns); len(columns) <= n && lines[0].Width() <= room.X {
				return lines
			}
		}
	}
	return nil
}

// helpGroups returns the lines of each group with keys that work, with its heading.
func helpGroups(table []*Action, scope Scope, refusal Refusal, keyCells int) [][]text.Line {
	var groups [][]text.Line
	for _, group := range Groups() {
		var actions []*Action
		longest := 0
		for _, act := range table {
			if act.Group == group && act.available(scope, refusal) {
				actions = append(actions, act)
				longest = max(longest, text.Cell(act.Keys.Help().Key).Width())
			}
		}
		if len(actions) == 0 {
			continue
		}
		if keyCells != alignedKeys {
			longest = keyCells - 1
		}
		lines := []text.Line{text.Cell(strings.ToUpper(string(group))).As(theme.Dim)}
		for _, act := range actions {
			key := text.Cell(act.Keys.Help().Key).As(theme.Key)
			lines = append(lines, text.Join(key.Fit(max(longest, key.Width())+1), text.Cell(act.Keys.Help().Desc).As(theme.Text)))
		}
		groups = append(groups, lines)
	}
	return groups
}

// joinGroups returns the groups with an empty line between two.
func joinGroups(groups [][]text.Line) []text.Line {
	var lines []text.Line
	for i, group := range groups {
		if i > 0 {
			lines = append(lines, nil)
		}
		lines = append(lines, group...)
	}
	return lines
}

// flow distributes the groups to columns of at most height lines. Unless it may split them,
// only a group that is longer than a column is in two.
func flow(groups [][]text.Line, height int, split bool) [][]text.Line {
	const minPart = 3 // a heading with fewer keys is moved to the next column
	columns := [][]text.Line{nil}
	for _, group := range groups {
		last := &columns[len(columns)-1]
		free := height - len(*last) - 1
		switch {
		case len(*last) == 0:
		case len(group) <= free, (split || len(group) > height) && free >= minPart:
			*last = append(*last, nil)
		default:
			columns = append(columns, nil)
		}
		for len(group) > 0 {
			last := &columns[len(columns)-1]
			n := min(len(group), height-len(*last))
			*last = append(*last, group[:n]...)
			if group = group[n:]; len(group) > 0 {
				columns = append(columns, nil)
			}
		}
	}
	return columns
}

// sideBySide returns the lines of columns next to each other.
func sideBySide(columns [][]text.Line) []text.Line {
	height := 0
	for _, column := range columns {
		height = max(height, len(column))
	}
	lines := make([]text.Line, height)
	for i, column := range columns {
		width := 0
		for _, line := range column {
			width = max(width, line.Width())
		}
		for y := range lines {
			var cell text.Line
			if y < len(column) {
				cell = column[y]
			}
			if i > 0 {
				lines[y] = append(lines[y], text.Line(nil).Fit(columnGap)...)
			}
			lines[y] = append(lines[y], cell.Fit(width)...)
		}
	}
	return lines
}
