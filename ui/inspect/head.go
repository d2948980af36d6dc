package inspect

import (
	"image"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const (
	// minLabelledWidth is the minimum width for the names of all tabs; below it, only the open
	// tab has its name.
	minLabelledWidth = 68
	// minName is the minimum width of the snapshot's name.
	minName = 8
)

// Head is the heading above the open tab: the name of the snapshot and the tab bar.
type Head struct {
	Tabs    []Tab
	Open    int
	Focused bool        // the details have the focus
	Size    image.Point // name and tabs share a line if the height is 1
}

// Lines draws the head.
func (h Head) Lines(s *model.Snapshot) []text.Line {
	if h.Size.Y == 1 {
		return []text.Line{text.Join(h.name(s), h.TabLine())}
	}
	name := text.Join(text.Lit(" ").As(theme.Text), text.Styled(s.Name, theme.Title, nil), text.Sprintf("  %s", s.ID).As(theme.Dim))
	return []text.Line{name, text.Join(text.Lit(" ").As(theme.Text), h.TabLine())}
}

// TabAt returns the tab at a cell.
func (h Head) TabAt(s *model.Snapshot, cell image.Point) (tab int, ok bool) {
	x, line := 1, 1
	if h.Size.Y == 1 {
		x, line = h.name(s).Width(), 0
	}
	if cell.Y != line {
		return 0, false
	}
	for i := range h.Tabs {
		width := h.tab(i).Width()
		if cell.X >= x && cell.X < x+width {
			return i, true
		}
		x += width
	}
	return 0, false
}

// TabLine draws the tabs.
func (h Head) TabLine() text.Line {
	var line text.Line
	for i := range h.Tabs {
		line = append(line, h.tab(i)...)
	}
	return line
}

// tab draws one tab: its number, and its name if there is room.
func (h Head) tab(i int) text.Line {
	number, name, mark := theme.Dim, theme.Dim, text.Lit(" ")
	if i == h.Open {
		number, name, mark = theme.Key, theme.ActiveTab, text.Lit("▸") // the mark is visible without colour
	}
	if h.Focused {
		number = theme.Key
	}
	cell := text.Sprintf("%d", i+1).As(number)
	if h.Size.X >= minLabelledWidth || i == h.Open {
		cell = text.Join(cell, mark.As(number), text.Cell(h.Tabs[i].Name).As(name))
	}
	return text.Join(cell, text.Lit("  ").As(theme.Text))
}

// name draws the name before the tabs, for a head of one line.
func (h Head) name(s *model.Snapshot) text.Line {
	room := max(h.Size.X-h.TabLine().Width()-2, minName)
	name := text.Join(text.Lit(" ").As(theme.Text), text.Styled(s.Name, theme.Title, nil))
	return text.Join(name.Cut(room, text.CutMiddle), text.Lit("  ").As(theme.Text))
}
