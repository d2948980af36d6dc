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
type tabStyle struct {
	gap      int  // spaces between tabs
	short    int  // how many tabs, from the left, have short names
	nameless bool // only the open tab has a name
}

// style returns the widest style for which there is room: with a space less between the tabs,
// then with more and more short names.
func (h Head) style() tabStyle {
	room := h.Size.X - 1
	if h.Size.Y == 1 {
		room -= minName + 2
	}
	for style := (tabStyle{gap: 2}); style.short <= len(h.Tabs); {
		if h.width(style) <= room {
			return style
		}
		if style.gap == 2 {
			style.gap = 1
		} else {
			style.short++
		}
	}
	return tabStyle{gap: 2, nameless: true}
}

// width returns the width of the tabs. Their names are ASCII.
func (h Head) width(style tabStyle) int {
	width := -style.gap
	for i := range h.Tabs {
		width += len("1") + style.gap
		if name := h.tabName(i, style); name != "" {
			width += len(" ") + len(name)
		}
	}
	return width
}

// tabName returns the name of a tab in a style, "" for none. The open one has its whole name.
func (h Head) tabName(i int, style tabStyle) string {
	switch tab := h.Tabs[i]; {
	case i == h.Open:
		return tab.Name
	case style.nameless:
		return ""
	case i < style.short:
		return cmp.Or(tab.Short, tab.Name)
	default:
		return tab.Name
	}
}

// TabLine draws the tabs.
func (h Head) TabLine() text.Line {
	var line text.Line
	style := h.style()
	for i := range h.Tabs {
		line = append(line, h.tab(i, style)...)
	}
	return line
}

// tab draws one tab: its number, and its name in the style.
func (h Head) tab(i int, style tabStyle) text.Line {
	number, role, mark := theme.Dim, theme.Dim, text.Lit(" ")
	if i == h.Open {
		number, role, mark = theme.Key, theme.ActiveTab, text.Lit("▸") // the mark is visible without colour
	}
	if h.Focused {
		number = theme.Key
	}
	cell := text.Sprintf("%d", i+1).As(number)
	if name := h.tabName(i, style); name != "" {
		cell = text.Join(cell, mark.As(number), text.Cell(name).As(role))
	}
	if i == len(h.Tabs)-1 {
		return cell
	}
	return text.Join(cell, text.Repeat(text.Lit(" "), style.gap).As(theme.Text))
}

// name draws the name before the tabs, for a head of one line.
func (h Head) name(s *model.Snapshot) text.Line {
	room := max(h.Size.X-h.TabLine().Width()-2, minName)
	name := text.Join(text.Lit(" ").As(theme.Text), text.Styled(s.Name, theme.Title, nil))
	return text.Join(name.Cut(room, text.CutMiddle), text.Lit("  ").As(theme.Text))
}
