package dialog

import (
	"image"
	"slices"

	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// Help lists the keys that work in a scope.
type Help struct {
	table   []*keys.Action
	scope   keys.Scope
	refusal keys.Refusal
	pager   pager.Pager
	size    image.Point // of the screen
	box     image.Rectangle
}

// NewHelp returns the help for a scope.
func NewHelp(table []*keys.Action, scope keys.Scope, refusal keys.Refusal) *Help {
	return &Help{table: table, scope: scope, refusal: refusal}
}

// Scope returns the scope of its keys.
func (*Help) Scope() keys.Scope { return keys.OnHelp }

// Motion returns what scrolls the keys.
func (h *Help) Motion() keys.Motion { return &h.pager }

// Input returns nil, because the help has no text field.
func (*Help) Input() *textinput.Model { return nil }

// action returns the action with the id, which must exist.
func (h *Help) action(id string) *keys.Action {
	return h.table[slices.IndexFunc(h.table, func(act *keys.Action) bool { return act.ID == id })]
}

// rules are the rules behind the keys.
func (h *Help) rules() []text.Line {
	lines := []text.Line{nil, text.Lit("Lower case looks, upper case acts: only upper-case keys change anything.").As(theme.Dim)}
	if palette := h.action("palette.open"); palette.Scope&h.scope != 0 {
		lines = append(lines, text.Sprintf("%s also lists what cannot run now, and why.", palette.Key()).As(theme.Dim))
	}
	return lines
}

const (
	minHelpWidth = 78
	helpFrame    = 6 // cells of border and margins, left and right
	helpBorder   = 4 // the same lines above and below
)

// Arrange lays the help out for a screen.
func (h *Help) Arrange(size image.Point) {
	if size == h.size {
		return
	}
	h.size = size
	rules := h.rules()
	room := layout.Dialog(size, size.X, size.Y).Size().Sub(image.Pt(helpFrame, helpBorder+len(rules)))
	lines := append(keys.Help(h.table, h.scope, h.refusal, room), rules...)
	h.pager.SetLines(lines)
	width := minHelpWidth
	for _, line := range lines {
		width = max(width, line.Width()+helpFrame)
	}
	h.box = layout.Dialog(size, width, len(lines)+helpBorder)
	h.pager.SetSize(max(h.box.Dx()-helpFrame, 1), max(h.box.Dy()-helpBorder, 1))
}

// Draw draws the help. It says how to scroll if there is more.
func (h *Help) Draw(c *canvas.Canvas) {
	lines := []text.Line{nil}
	for _, line := range h.pager.View() {
		lines = append(lines, text.Join(text.Lit("  ").As(theme.Text), line))
	}
	if first, last, total := h.pager.Position(); last-first+1 < total {
		down, up := h.action("move.down").Key(), h.action("move.up").Key()
		lines = append(lines, text.Sprintf("  %d to %d of %d lines · %s %s scroll", first, last, total, down, up).As(theme.Dim))
	}
	c.Box(h.box, lines)
}
