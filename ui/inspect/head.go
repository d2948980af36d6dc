package inspect

import (
	"cmp"
	"image"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// minName is the minimum width of the snapshot's name.
const minName = 8

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
	style := h.style()
	for i := range h.Tabs {
		width := h.tab(i, style).Width()
		if cell.X >= x && cell.X < x+width {
			return i, true
		}
		x += width
	}
	return 0, false
}

// tabStyle is how much of the tabs is drawn.
type tabStyle uint8

// The styles of tabs, from the widest.
const (
	spacedTabs tabStyle = iota // two spaces between names
	tightTabs                  // one space
	bareTabs                   // names without numbers
	shortTabs                  // short names, except for the open tab
	digitTabs                  // only the open tab has a name
)

// style returns the widest style for which there is room.
func (h Head) style() tabStyle {
	room := h.Size.X - 1
	if h.Size.Y == 1 {
		room -= minName + 2
	}
	for style := range digitTabs {
		if h.tabLine(style).Width() <= room {
			return style
		}
	}
	return digitTabs
}

// TabLine draws the tabs.
func (h Head) TabLine() text.Line { return h.tabLine(h.style()) }

func (h Head) tabLine(style tabStyle) text.Line {
	var line text.Line
	for i := range h.Tabs {
		line = append(line, h.tab(i, style)...)
	}
	return line
}

// tab draws one tab: its number, and its name in the style.
func (h Head) tab(i int, style tabStyle) text.Line {
	number, role, mark := theme.Dim, theme.Dim, text.Lit(" ")
	name := h.Tabs[i].Name
	switch open := i == h.Open; {
	case open:
		number, role, mark = theme.Key, theme.ActiveTab, text.Lit("▸") // the mark is visible without colour
	case style == digitTabs:
		name = ""
	case style == shortTabs:
		name = cmp.Or(h.Tabs[i].Short, name)
	}
	if h.Focused {
		number = theme.Key
	}
	cell := text.Sprintf("%d", i+1).As(number)
	switch {
	case style == bareTabs && i == h.Open:
		cell = text.Join(mark.As(number), text.Cell(name).As(role))
	case style == bareTabs:
		cell = text.Cell(name).As(role)
	case name != "":
		cell = text.Join(cell, mark.As(number), text.Cell(name).As(role))
	}
	switch {
	case i == len(h.Tabs)-1:
		return cell
	case style == spacedTabs || style == digitTabs:
		return text.Join(cell, text.Lit("  ").As(theme.Text))
	default:
		return text.Join(cell, text.Lit(" ").As(theme.Text))
	}
}

// name draws the name before the tabs, for a head of one line.
func (h Head) name(s *model.Snapshot) text.Line {
	room := max(h.Size.X-h.TabLine().Width()-2, minName)
	name := text.Join(text.Lit(" ").As(theme.Text), text.Styled(s.Name, theme.Title, nil))
	return text.Join(name.Cut(room, text.CutMiddle), text.Lit("  ").As(theme.Text))
}
