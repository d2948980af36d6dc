package ui

import (
	"cmp"
	"image"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// paletteLayer finds an action by its name: all that can be done in the place
// from which it was opened, those first that can be done now.
type paletteLayer struct {
	app *App
	picker
	field textinput.Model
	from  keys.Scope // the place from which it was opened
	found []paletteEntry
	box   image.Rectangle
}

// paletteEntry is one action as the palette shows it.
type paletteEntry struct {
	act     *action
	reason  string // why it cannot run now, "" where it can
	matched []int  // byte offsets in its name
}

func (*paletteLayer) Scope() keys.Scope         { return keys.OnPalette }
func (p *paletteLayer) Motion() keys.Motion     { return &p.picker }
func (p *paletteLayer) Input() *textinput.Model { return &p.field }

func (a *App) openPalette() tea.Cmd {
	p := &paletteLayer{app: a, field: newFilterField(""), from: a.top().Scope()}
	cmd := p.field.Focus()
	a.push(p)
	p.find(a)
	return cmd
}

func (p *paletteLayer) Typed() tea.Cmd {
	a := p.app
	p.find(a)
	return nil
}

// named are the actions that can be called by their name: those of the place, moving
// last, and then those of other places, of which the palette tells where they work.
func (a *App) named(place keys.Scope) []*action {
	var here, moves, elsewhere []*action
	taken := make(map[string]bool)
	for i := range a.actions {
		act := &a.actions[i]
		switch {
		case act.ID == "palette.open" || act.Scope&keys.Outside == 0:
			continue
		case act.Scope&place == 0:
			elsewhere = append(elsewhere, act)
			continue
		case act.Group == keys.Move:
			moves = append(moves, act)
		default:
			here = append(here, act)
		}
		taken[act.Name()] = true
	}
	elsewhere = slices.DeleteFunc(elsewhere, func(act *action) bool { return taken[act.Name()] })
	return slices.Concat(here, moves, elsewhere)
}

// refusalIn is why the action cannot run in a place, or "".
func (a *App) refusalIn(place keys.Scope, act *action) string {
	if act.Scope&place == 0 {
		return "it works in: " + act.Scope.Names()
	}
	return a.refusal(act)
}

// find lists the actions that match what is typed: that of the key, and what other
// tools call so, then those whose name matches, the best first, then those of which
// another name begins so. Before anything is typed those come first that can run.
func (p *paletteLayer) find(a *App) {
	named := a.named(p.from)
	p.found, p.at = p.found[:0], 0
	if p.field.Value() == "" {
		for _, act := range named {
			p.found = append(p.found, paletteEntry{act: act, reason: a.refusalIn(p.from, act)})
		}
		slices.SortStableFunc(p.found, func(x, y paletteEntry) int { return cmp.Compare(min(len(x.reason), 1), min(len(y.reason), 1)) })
		return
	}
	add := func(act *action, matched []int) {
		if !slices.ContainsFunc(p.found, func(e paletteEntry) bool { return e.act == act }) {
			p.found = append(p.found, paletteEntry{act: act, reason: a.refusalIn(p.from, act), matched: matched})
		}
	}
	for _, exact := range []func(*keys.Action) []string{(*keys.Action).ShownKeys, (*keys.Action).Words} {
		for _, act := range named {
			if slices.Contains(exact(&act.Action), p.field.Value()) {
				add(act, nil)
			}
		}
	}
	for _, match := range fuzzy.FindFrom(p.field.Value(), actionNames(named)) {
		add(named[match.Index], match.MatchedIndexes)
	}
	for _, act := range named {
		if slices.ContainsFunc(act.Words(), func(word string) bool { return strings.HasPrefix(word, p.field.Value()) }) {
			add(act, nil)
		}
	}
}

// actionNames lets package fuzzy search actions by name.
type actionNames []*action

// String implements fuzzy.Source.
func (n actionNames) String(i int) string { return n[i].Name() }

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
	chosen := p.found[p.at].act
	if chosen.Scope&p.from == 0 {
		a.toast.show(toastRefused, chosen.Name()+": "+a.refusalIn(p.from, chosen), a.now)
		return nil
	}
	return a.perform(chosen)
}

func (p *paletteLayer) Arrange(size image.Point) {
	const width, height = 76, 24
	p.box = layout.Dialog(size, width, height)
	p.count, p.place = len(p.found), p.box.Inset(1)
	p.place.Min.Y += 3 // the field
	p.place.Max.Y -= reasonLines
}

// reasonLines is the room for why an action cannot run now.
const reasonLines = 2

// clicked runs what is clicked, as enter would.
func (p *paletteLayer) Clicked(at image.Point) tea.Cmd {
	a := p.app
	if !p.point(at) {
		return nil
	}
	return a.runFromPalette()
}

func (p *paletteLayer) Draw(c *canvas.Canvas) {
	inner := p.place.Dx()
	field := text.Join(text.Lit("  : ").As(theme.Key), fieldLine(&p.field, true))
	lines := []text.Line{nil, text.Justify(field, p.position(), inner), nil}
	first, end := p.shown()
	for i := first; i < end; i++ {
		lines = append(lines, p.entryLine(i, inner))
	}
	if len(p.found) == 0 {
		lines = append(lines, text.Lit("  no action is called so").As(theme.Dim))
	} else if reason := p.found[p.at].reason; reason != "" {
		lines = text.Block(lines, inner, p.place.Max.Y-p.box.Min.Y-1)
		for _, line := range text.Sprintf("not now: %s", reason).As(theme.Warning).Wrap(max(inner-4, 1)) {
			lines = append(lines, text.Join(text.Lit("  ").As(theme.Dim), line))
		}
	}
	c.Box(p.box, lines)
}

func (p *paletteLayer) entryLine(i, width int) text.Line {
	entry := p.found[i]
	help := entry.act.Keys.Help()
	bar, role := text.Lit("  "), theme.Text
	if i == p.at {
		bar = text.Lit("▌ ")
	}
	right := text.Cell(help.Key).As(theme.Key)
	if entry.reason != "" {
		role = theme.Dim
		right = text.Join(text.Cell(entry.reason).As(theme.Dim).Cut(width/2, text.CutEnd), text.Lit("  ").As(theme.Dim), text.Cell(help.Key).As(theme.Dim))
	}
	line := text.Justify(text.Join(bar.As(theme.Accent), text.Styled(help.Desc, role, entry.matched)), right, width)
	if i == p.at {
		return line.On(theme.Selected)
	}
	return line
}
