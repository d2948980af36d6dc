package ui

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// filterLayer is the filter while it is typed. What it finds shows at once.
type filterLayer struct {
	app   *App
	field *textinput.Model
}

func (filterLayer) Scope() keys.Scope         { return keys.OnFilter }
func (l filterLayer) Motion() keys.Motion     { return l.app.table }
func (l filterLayer) Input() *textinput.Model { return l.field }
func (filterLayer) Draw(*canvas.Canvas)       {} // the filter line belongs to the table
func (l filterLayer) Typed() tea.Cmd          { return l.app.filterTyped() }

func (a *App) openFilter() tea.Cmd {
	a.filter.CursorEnd()
	a.filterHistory.Restart()
	cmd := a.filter.Focus()
	a.push(filterLayer{app: a, field: &a.filter})
	return cmd
}

// keepFilter leaves the field and keeps what it found.
func (a *App) keepFilter() tea.Cmd {
	a.filterHistory.Remember(a.filter.Value())
	a.filter.Blur()
	a.pop()
	return nil
}

// dropFilter leaves the field and shows everything again.
func (a *App) dropFilter() tea.Cmd {
	a.filterHistory.Remember(a.filter.Value())
	a.filter.Blur()
	a.pop()
	return a.setFilter("")
}

// completeFilter completes the word that is typed; again, it offers the next
// possibility.
func (a *App) completeFilter() tea.Cmd {
	next, ok := a.filterHistory.Complete(a.filter.Value(), func(typed string) []string {
		return query.Complete(typed, a.state.QueryContext())
	})
	if !ok {
		a.toast.Show(dialog.Refused, "no completion", a.now)
		return nil
	}
	return a.retype(next)
}

// filterUp moves to the match above; before anything is typed it recalls earlier
// filters.
func (a *App) filterUp() tea.Cmd {
	if !a.filterHistory.Recalled(a.filter.Value()) {
		a.table.Move(-1)
		return nil
	}
	if earlier, ok := a.filterHistory.Earlier(); ok {
		return a.retype(earlier)
	}
	return nil
}

// retype replaces what was typed, as if it had been typed.
func (a *App) retype(value string) tea.Cmd {
	a.filter.SetValue(value)
	a.filter.CursorEnd()
	return a.filterTyped()
}

// setFilter replaces the filter. The cursor stays on its snapshot.
func (a *App) setFilter(value string) tea.Cmd {
	a.filter.SetValue(value)
	a.state.Query = query.Parse(value)
	return a.derive()
}

// filterTyped follows what is typed: the cursor goes to the best match.
func (a *App) filterTyped() tea.Cmd {
	a.state.Query = query.Parse(a.filter.Value())
	a.shown.toTop = !a.state.Query.Empty()
	return a.derive()
}

// filterLine draws the filter with its cursor and what it found.
func (a *App) filterLine(width int) text.Line {
	typing := a.isTyping()
	line := text.Lit(" / ").As(theme.Key)
	line = append(line, dialog.FieldLine(&a.filter, typing, a.mistakes()...)...)
	found := text.Join(text.Lit("  ").As(theme.Dim), a.foundLine(), text.Lit(" ").As(theme.Dim))
	// What was typed comes first, up to half of the line: a mistake can take more
	// words than there is room for.
	room := max(width-found.Width(), min(line.Width()+1, width/2))
	return text.Join(line.Fit(room), found.Fit(width-room))
}

// foundLine tells what is wrong with the filter, else how much it found and how to
// get rid of it.
func (a *App) foundLine() text.Line {
	if wrong := a.shown.Result.Problems; len(wrong) > 0 {
		return text.Join(a.countText().As(theme.Dim), text.Sprintf(" · %s?", a.typedPart(wrong[0].From, wrong[0].To)).As(theme.Warning))
	}
	if hints := a.state.Query.Hints(); len(hints) > 0 {
		return text.Join(a.countText().As(theme.Dim), text.Sprintf(" · %s", hints[0].Text).As(theme.Warning))
	}
	clears, order := "back", text.Safe{}
	if a.isTyping() {
		clears = "filter.clear"
	}
	if a.state.Query.HasWords() {
		order = text.Lit(" · best match first")
	}
	return text.Sprintf("%s%s · %s clears", a.countText(), order, a.keyFor(clears)).As(theme.Dim)
}

// isTyping reports whether the filter has the keys.
func (a *App) isTyping() bool {
	_, typing := a.top().(filterLayer)
	return typing
}

// typedPart is a part of the filter as it was typed.
func (a *App) typedPart(from, to int) string {
	typed := a.filter.Value()
	to = min(to, len(typed))
	return typed[min(from, to):to]
}

// mistakes are the parts of the filter that were not understood.
func (a *App) mistakes() []text.Highlight {
	var regions []text.Highlight
	for _, m := range a.shown.Result.Problems {
		regions = append(regions, text.Highlight{From: m.From, To: m.To, Role: theme.Invalid})
	}
	return regions
}

// countText is "128 snapshots" or "12 of 128".
func (a *App) countText() text.Safe {
	all, shown := a.state.Data.Store.Len()+a.shown.placeholders, a.table.Len()
	if a.state.Query.Empty() {
		return text.Sprintf("%s", format.Plural(all, "snapshot"))
	}
	return text.Sprintf("%s of %s", format.Thousands(shown), format.Thousands(all))
}
