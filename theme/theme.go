// Package theme gives text its look: roles, not colours.
//
// The rest of the program never names a colour. It says what a piece of text
// means (a [Role]: a title, a label, a failed state) and what it lies on (a
// [Surface]: the screen, the cursor row, what is behind a dialog). A [Theme]
// turns the two into an [SGR], which is a pair of prepared escape sequences:
//
//	t := theme.New(renderer, theme.Dark(), theme.Unicode)
//	t.SGR(theme.Failed, theme.Selected).Paint("✗ error")
//
// Three rules follow from this.
//
// Colour is never the only carrier of a fact. On a terminal without colour
// every ink is empty, and whatever is drawn must still be understood: states
// have a word and a glyph, the cursor row has a bar.
//
// All styles are made once. [New] asks Lip Gloss for each of them and keeps
// the sequences before and after the text, so drawing is copying bytes.
//
// A theme is a value. It is passed to whoever paints, nothing is global, and
// two themes with different renderers live side by side in tests.
package theme

import "github.com/charmbracelet/lipgloss"

// Theme is a palette and a glyph set, prepared for one renderer. It is
// immutable and cheap to copy. The zero Theme paints nothing and keeps all
// glyphs.
type Theme struct {
	sgr    *sgrTable
	glyphs Glyphs
}

// New prepares a theme for what the terminal behind the renderer can show:
// with fewer colours the nearest ones are taken, with none (NO_COLOR) the inks
// are empty. A nil renderer is Lip Gloss's default one.
func New(r *lipgloss.Renderer, p Palette, g Glyphs) Theme {
	if r == nil {
		r = lipgloss.DefaultRenderer()
	}
	return Theme{sgr: compileAll(r, p), glyphs: g}
}

// SGR returns the look of a role on a surface. An unknown role or surface is
// drawn as [Text] on [Base].
func (t Theme) SGR(role Role, on Surface) SGR {
	if t.sgr == nil {
		return SGR{}
	}
	if role >= roleCount {
		role = Text
	}
	if on >= surfaceCount {
		on = Base
	}
	return t.sgr[role][on]
}
