package theme

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Ink is how one role looks on one surface: the sequences before and after
// the text. The zero Ink changes nothing.
type Ink struct {
	open, close string
	marksSpace  bool
}

// Paint returns s between the ink's sequences. It does not look at s: what is
// painted must have been made safe before.
func (i Ink) Paint(s string) string {
	if i.open == "" {
		return s
	}
	return i.open + s + i.close
}

// Open returns the sequence that switches the ink on, or "".
func (i Ink) Open() string { return i.open }

// Close returns the sequence that switches the ink off, or "".
func (i Ink) Close() string { return i.close }

// MarksSpace reports whether a space in this ink is visible beside what the
// surface does: as a line or as a block.
func (i Ink) MarksSpace() bool { return i.marksSpace }

type inks [roleCount][surfaceCount]Ink

// look is what a palette says about a role.
type look struct {
	colour                   Colour
	bold, underline, reverse bool
}

func (p Palette) looks() [roleCount]look {
	return [roleCount]look{
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

		Mistake: {colour: p.Failed, underline: true},
		Sleeps:  {colour: p.Sleeps},
		Live:    {colour: p.Active},
		Stale:   {colour: p.Sleeps},
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
func (l look) on(s Surface, role Role, p Palette) look {
	switch {
	case s == Behind && role != Line && role != Profile:
		return look{colour: p.Dim}
	case s == Selected && l.colour == p.Dim:
		l.colour = p.SelectedDim
	}
	return l
}

func prepare(r *lipgloss.Renderer, p Palette) *inks {
	var all inks
	for role, l := range p.looks() {
		for on := range surfaceCount {
			all[role][on] = l.on(on, Role(role), p).ink(r, on, p)
		}
	}
	return &all
}

// ink asks Lip Gloss how it would draw one letter, and keeps what it puts
// before and after it. No SGR sequence holds an x.
func (l look) ink(r *lipgloss.Renderer, on Surface, p Palette) Ink {
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
	return Ink{open: open, close: end, marksSpace: (l.underline || l.reverse) && open != ""}
}
