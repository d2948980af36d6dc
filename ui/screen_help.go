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
	pager *pager.Pager
	lines []text.Line
	box   image.Rectangle
}

func (*helpLayer) Scope() keys.Scope     { return keys.OnHelp }
func (h *helpLayer) Motion() keys.Motion { return h.pager }

func (a *App) openHelp() tea.Cmd {
	h := &helpLayer{app: a, pager: &pager.Pager{}}
	h.lines = a.helpLines(a.top().Scope())
	h.pager.SetLines(h.lines)
	return a.push(h)
}

// helpLines lists the keys that work in the place, and the rules behind them.
func (a *App) helpLines(scope keys.Scope) []text.Line {
	lines := keys.Help(rows(a.actions), scope, a.refusalOf)
	lines = append(lines, nil, text.Lit("Lower case looks, upper case acts: only upper-case keys change anything.").As(theme.Dim))
	if palette := a.actionOf("palette.open"); palette.Scope&scope != 0 {
		lines = append(lines, text.Sprintf("%s also lists what cannot run now, and why.", palette.Key()).As(theme.Dim))
	}
	return lines
}

const helpWidth = 78

func (h *helpLayer) Arrange(size image.Point) {
	h.box = layout.Dialog(size, helpWidth, len(h.lines)+4)
	h.pager.SetSize(max(h.box.Dx()-6, 1), max(h.box.Dy()-4, 1))
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
