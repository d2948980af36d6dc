package ui

import (
	"cmp"
	"slices"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// paletteLayer finds an action by its name: all that can be done in the place
// from which it was opened, those first that can be done now.
type paletteLayer struct {
	field textinput.Model
	place scope
	found []paletteEntry
	at    int
}

// paletteEntry is one action as the palette shows it.
type paletteEntry struct {
	act     *action
	why     string // why it cannot run now, "" where it can
	matched []int  // byte offsets in its name
}

func (*paletteLayer) scope() scope              { return onPalette }
func (p *paletteLayer) motion(*App) motion      { return nil }
func (p *paletteLayer) input() *textinput.Model { return &p.field }

func (a *App) openPalette() tea.Cmd {
	p := &paletteLayer{field: newFilterField(""), place: a.top().scope()}
	cmd := p.field.Focus()
	a.push(p)
	p.find(a)
	return cmd
}

func (p *paletteLayer) typed(a *App) tea.Cmd {
	p.find(a)
	return nil
}

// named are the actions of the place that mean something by their name. Moving
// does not.
func (a *App) named(place scope) []*action {
	var named []*action
	for i := range a.actions {
		if act := &a.actions[i]; act.scope&place != 0 && act.group != groupMove && act.id != "palette.open" {
			named = append(named, act)
		}
	}
	return named
}

// find lists the actions that match what is typed, the best first, and among
// equals those that can run.
func (p *paletteLayer) find(a *App) {
	named := a.named(p.place)
	p.found, p.at = p.found[:0], 0
	if p.field.Value() == "" {
		for _, act := range named {
			p.found = append(p.found, paletteEntry{act: act, why: a.refusal(act)})
		}
		slices.SortStableFunc(p.found, func(x, y paletteEntry) int { return cmp.Compare(min(len(x.why), 1), min(len(y.why), 1)) })
		return
	}
	for _, match := range fuzzy.FindFrom(p.field.Value(), actionNames(named)) {
		act := named[match.Index]
		p.found = append(p.found, paletteEntry{act: act, why: a.refusal(act), matched: match.MatchedIndexes})
	}
}

// actionNames lets package fuzzy search actions by name.
type actionNames []*action

// String implements fuzzy.Source.
func (n actionNames) String(i int) string { return n[i].keys.Help().Desc }

// Len implements fuzzy.Source.
func (n actionNames) Len() int { return len(n) }

func (a *App) movePalette(by int) tea.Cmd {
	if p, ok := a.top().(*paletteLayer); ok && len(p.found) > 0 {
		p.at = (p.at + by + len(p.found)) % len(p.found)
	}
	return nil
}

// runFromPalette closes the palette and runs the chosen action, exactly as its key
// would.
func (a *App) runFromPalette() tea.Cmd {
	p, ok := a.top().(*paletteLayer)
	if !ok || len(p.found) == 0 {
		return nil
	}
	a.pop()
	return a.perform(p.found[p.at].act)
}

func (p *paletteLayer) draw(a *App, c *canvas) {
	const width, height = 72, 20
	r := layout.Dialog(a.size, width, height)
	inner, room := r.Dx()-2, max(r.Dy()-5, 1)
	lines := []text.Line{nil, text.Join(text.Lit("  : ").As(theme.Key), fieldLine(&p.field, true)), nil}
	first := max(0, min(p.at-room/2, len(p.found)-room))
	for i := first; i < min(first+room, len(p.found)); i++ {
		lines = append(lines, p.entryLine(i, inner))
	}
	if len(p.found) == 0 {
		lines = append(lines, text.Lit("  no action is called so").As(theme.Dim))
	}
	c.box(r, lines)
}

func (p *paletteLayer) entryLine(i, width int) text.Line {
	entry := p.found[i]
	help := entry.act.keys.Help()
	bar, role := text.Lit("  "), theme.Text
	if i == p.at {
		bar = text.Lit("▌ ")
	}
	right := text.Cell(help.Key).As(theme.Key)
	if entry.why != "" {
		role = theme.Dim
		right = text.Join(text.Cell(entry.why).As(theme.Dim).Cut(width/2, text.CutEnd), text.Lit("  ").As(theme.Dim), text.Cell(help.Key).As(theme.Dim))
	}
	line := spread(text.Join(bar.As(theme.Accent), text.Styled(help.Desc, role, entry.matched)), right, width)
	if i == p.at {
		return line.On(theme.Selected)
	}
	return line
}
