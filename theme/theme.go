// Package theme maps roles to styles.
//
// The rest of the program uses no colours. It states what a text means (a [Role]: a
// title, a label, a failed state) and where it is (a [Surface]: the screen, the cursor
// row, behind a dialog). A role is a [lipgloss.Style]. Each style on each surface is compiled
// to an [SGR] once for the theme, because Lip Gloss computes a style anew for each call of
// Render, and a frame has hundreds of texts. Drawing then only copies bytes:
//
//	t := theme.New(renderer, theme.Dark(), theme.Unicode)
//	failed := t.SGR(theme.Failed, theme.Selected)
//	painted := failed.Open() + "✗ error" + failed.Close()
//
// Colour is never the only indicator. On a terminal without colour every SGR is empty, so
// states have a word and a glyph, and the cursor row has a bar.
//
// A theme is a value that is passed to the drawing code. Nothing is global, so tests can
// use several themes side by side.
package theme

import (
	"sync"

	"github.com/charmbracelet/lipgloss"
)

// Theme is a palette and a glyph set for one renderer. It is immutable and cheap to copy.
// The zero Theme has no styles and keeps all glyphs.
type Theme struct {
	sgr    func() *sgrTable // nil for no styles
	glyphs Glyphs
}

// New returns a theme for the colour depth of the renderer: lower depths use the colours
// that the palette has for them, and without colour (NO_COLOR) every SGR is empty. A nil
// renderer is the default one of Lip Gloss. The styles are compiled when the theme is used
// first, since most themes of the dashboard are not.
func New(r *lipgloss.Renderer, p Palette, g Glyphs) Theme {
	if r == nil {
		r = lipgloss.DefaultRenderer()
	}
	return Theme{sgr: sync.OnceValue(func() *sgrTable { return compileAll(r, p) }), glyphs: g}
}

// SGR returns the style of a role on a surface. An unknown role is [Text], an unknown
// surface [Base].
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
	return t.sgr()[role][on]
}
