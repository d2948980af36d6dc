package theme

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// SGR is the style of one role on one surface, compiled to the escape sequences (Select
// Graphic Rendition) before and after a text. The zero SGR has none.
type SGR struct {
	open, close   string
	showsOnSpaces bool
}

// Open returns the sequence that turns the style on, "" for none.
func (g SGR) Open() string { return g.open }

// Close returns the sequence that turns the style off, "" for none.
func (g SGR) Close() string { return g.close }

// ShowsOnSpaces reports whether the style of the role is visible on a space, apart from
// the surface: it is underlined or reversed.
func (g SGR) ShowsOnSpaces() bool { return g.showsOnSpaces }

// sgrTable holds the compiled styles of a theme.
type sgrTable [roleCount][surfaceCount]SGR

func compileAll(r *lipgloss.Renderer, p Palette) *sgrTable {
	var table sgrTable
	if r.ColorProfile() == termenv.Ascii {
		return &table // no sequences
	}
	for role, style := range p.styles(r) {
		for on := range surfaceCount {
			table[role][on] = compile(p.onSurface(style, Role(role), on))
		}
	}
	return &table
}

// compile renders one letter and keeps what Lip Gloss writes before and after it. SGR
// sequences contain no x.
func compile(style lipgloss.Style) SGR {
	open, end, _ := strings.Cut(style.Render("x"), "x")
	return SGR{open: open, close: end, showsOnSpaces: (style.GetUnderline() || style.GetReverse()) && open != ""}
}
