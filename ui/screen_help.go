package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// helpLayer lists the keys that work in the layer below it.
type helpLayer struct {
	noInput
	app   *App
	scope keys.Scope // of the layer below
	pager *pager.Pager
	size  image.Point // of the screen
	box   image.Rectangle
}

func (*helpLayer) Scope() keys.Scope     { return keys.OnHelp }
func (h *helpLayer) Motion() keys.Motion { return h.pager }

func (a *App) openHelp() tea.Cmd {
	return a.push(&helpLayer{app: a, scope: a.top().Scope(), pager: &pager.Pager{}})
}

// rules are the rules behind the keys.
func (h *helpLayer) rules() []text.Line {
	lines := []text.Line{nil, text.Lit("Lower case looks, upper case acts: only upper-case keys change anything.").As(theme.Dim)}
	if palette := h.app.actionOf("palette.open"); palette.Scope&h.scope != 0 {
		lines = append(lines, text.Sprintf("%s also lists what cannot run now, and why.", palette.Key()).As(theme.Dim))
	}
	return lines
}

const (
	minHelpWidth = 78
	helpFrame    = 6 // cells of border and margins, left and right
	helpBorder   = 4 // the same lines above and below
)

func (h *helpLayer) Arrange(size image.Point) {
	if size == h.size {
		return
	}
	h.size = size
	rules := h.rules()
	room := layout.Dialog(size, size.X, size.Y).Size().Sub(image.Pt(helpFrame, helpBorder+len(rules)))
	lines := append(keys.Help(rows(h.app.actions), h.scope, h.app.refusalOf, room), rules...)
	h.pager.SetLines(lines)
	width := minHelpWidth
	for _, line := range lines {
		width = max(width, line.Width()+helpFrame)
	}
	h.box = layout.Dialog(size, width, len(lines)+helpBorder)
	h.pager.SetSize(max(h.box.Dx()-helpFrame, 1), max(h.box.Dy()-helpBorder, 1))
}

func (h *helpLayer) Draw(c *canvas.Canvas) {
	a := h.app
	lines := []text.Line{nil}
	for _, line := range h.pager.View() {
		lines = append(lines, text.Join(text.Lit("  ").As(theme.Text), line))
	}
	if first, last, total := h.pager.Position(); last-first+1 < total {
		down, up := a.keyFor("move.down"), a.keyFor("move.up")
		lines = append(lines, text.Sprintf("  %d to %d of %d lines · %s %s scroll", first, last, total, down, up).As(theme.Dim))
	}
	c.Box(h.box, lines)
}
