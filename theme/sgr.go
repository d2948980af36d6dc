package theme

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// SGR is how one role looks on one surface: the sequences before and after
// the text. The zero Ink changes nothing.
type SGR struct {
	open, close   string
	showsOnSpaces bool
}

// Paint returns s between the ink's sequences. It does not look at s: what is
// painted must have been made safe before.
func (i SGR) Paint(s string) string {
	if i.open == "" {
		return s
	}
	return i.open + s + i.close
}

// Open returns the sequence that switches the ink on, or "".
func (i SGR) Open() string { return i.open }

// Close returns the sequence that switches the ink off, or "".
func (i SGR) Close() string { return i.close }

// ShowsOnSpaces reports whether a space in this ink is visible beside what the
// surface does: as a line or as a block.
func (i SGR) ShowsOnSpaces() bool { return i.showsOnSpaces }

type sgrTable [roleCount][surfaceCount]SGR

// look is what a palette says about a role.
type roleStyle struct {
	colour                   Colour
	bold, underline, reverse bool
}

func (p Palette) roleStyles() [roleCount]roleStyle {
	return [roleCount]roleStyle{
		Text:      {colour: p.Text},
		Title:     {colour: p.Title, bold: true},
		Dim:       {colour: p.Dim},
		Line:      {colour: p.Line},
		Accent:    {colour: p.Accent},
		Key:       {colour: p.Accent, bold: true},
		ActiveTab: {colour: p.Title, bold: true, underline: true},
		Match:     {colour: p.Match, bold: true},
		Control:   {colour: p.Control},
		Profile:   {colour: p.Profile, bold: true, reverse: true},

		Active:       {colour: p.Active},
		Building:     {colour: p.Building},
		Pulling:      {colour: p.Pulling},
		Pending:      {colour: p.Dim},
		Failed:       {colour: p.Failed},
		Removing:     {colour: p.Removing},
		Inactive:     {colour: p.Dim},
		UnknownState: {colour: p.Text},

		Invalid: {colour: p.Failed, underline: true},
		Warning: {colour: p.Warning},
		Live:    {colour: p.Active},
		Stale:   {colour: p.Warning},
		Offline: {colour: p.Failed},

		Keyword: {colour: p.Accent, bold: true},
		String:  {colour: p.String},
		Number:  {colour: p.Number},
		Comment: {colour: p.Dim},
	}
}

// on returns the look as it is on a surface. Rules stay faint behind a
// dialog: the colour of text would make them brighter than they were. The mark
// of the profile stays as it is: it matters most while a dialog asks.
func (l roleStyle) on(s Surface, role Role, p Palette) roleStyle {
	switch {
	case s == Dimmed && role != Line && role != Profile:
		return roleStyle{colour: p.Dim}
	case s == Selected && l.colour == p.Dim:
		l.colour = p.SelectedDim
	}
	return l
}

func compileAll(r *lipgloss.Renderer, p Palette) *sgrTable {
	var all sgrTable
	for role, l := range p.roleStyles() {
		for on := range surfaceCount {
			all[role][on] = l.on(on, Role(role), p).compile(r, on, p)
		}
	}
	return &all
}

// ink asks Lip Gloss how it would draw one letter, and keeps what it puts
// before and after it. No SGR sequence holds an x.
func (l roleStyle) compile(r *lipgloss.Renderer, on Surface, p Palette) SGR {
	style := r.NewStyle().Foreground(l.colour)
	if l.bold {
		style = style.Bold(true)
	}
	if l.underline {
		style = style.Underline(true)
	}
	if l.reverse {
		style = style.Reverse(true)
	}
	if on == Selected {
		style = style.Background(p.Selected)
	}
	open, end, _ := strings.Cut(style.Render("x"), "x")
	return SGR{open: open, close: end, showsOnSpaces: (l.underline || l.reverse) && open != ""}
}
