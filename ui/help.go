package ui

import (
	"image"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// helpLayer lists the keys that work here and now: in the place from which it was
// opened.
type helpLayer struct {
	noInput
	pager *pager.Pager
	lines []text.Line
	box   image.Rectangle
}

func (*helpLayer) scope() scope         { return onHelp }
func (h *helpLayer) motion(*App) motion { return h.pager }

func (a *App) openHelp() tea.Cmd {
	h := &helpLayer{pager: &pager.Pager{}}
	h.lines = a.helpLines(a.top().scope())
	h.pager.SetLines(h.lines)
	return a.push(h)
}

// helpLines is the part of the action table that works in the place, by group.
func (a *App) helpLines(place scope) []text.Line {
	var lines []text.Line
	for _, group := range []string{groupMove, groupFind, groupLook, groupAct, groupApp} {
		heading := false
		for i := range a.actions {
			act := &a.actions[i]
			if act.group != group || act.scope&place == 0 || !act.keys.Enabled() || a.refusal(act) != "" {
				continue
			}
			if !heading {
				if lines != nil {
					lines = append(lines, nil)
				}
				lines = append(lines, text.Cell(strings.ToUpper(group)).As(theme.Dim))
				heading = true
			}
			help := act.keys.Help()
			lines = append(lines, text.Join(text.Cell(help.Key).As(theme.Key).Fit(helpKeyCells), text.Cell(help.Desc).As(theme.Text)))
		}
	}
	lines = append(lines, nil, text.Lit("Lower case looks, upper case acts: only upper-case keys change anything.").As(theme.Dim))
	if palette := a.actionOf("palette.open"); palette.scope&place != 0 {
		lines = append(lines, text.Sprintf("%s shows what cannot be done now, too, and why.", a.keyFor("palette.open")).As(theme.Dim))
	}
	return lines
}

const (
	helpWidth    = 78
	helpKeyCells = 14 // for the keys, with the space behind them
)

func (h *helpLayer) arrange(a *App) {
	h.box = layout.Dialog(a.size, helpWidth, len(h.lines)+4)
	h.pager.SetSize(max(h.box.Dx()-6, 1), max(h.box.Dy()-4, 1))
}

func (h *helpLayer) draw(a *App, c *canvas.Canvas) {
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
