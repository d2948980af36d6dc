package ui

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/summary"
)

// filterLayer is the filter while it is typed. The rows follow each key.
type filterLayer struct {
	app    *App
	typed  string        // the filter before
	before grid.Position // of the table
}

func (filterLayer) Scope() keys.Scope         { return keys.OnFilter }
func (l filterLayer) Motion() keys.Motion     { return l.app.table }
func (l filterLayer) Input() *textinput.Model { return &l.app.filter }
func (filterLayer) Draw(*canvas.Canvas)       {} // the filter line belongs to the table

func (a *App) openFilter() tea.Cmd {
	a.filter.CursorEnd()
	a.filterHistory.Restart()
	cmd := a.filter.Focus()
	a.push(filterLayer{app: a, typed: a.filter.Value(), before: a.table.Position()})
	return cmd
}

// close leaves the field.
func (l filterLayer) close() {
	l.app.filterHistory.Remember(l.app.filter.Value())
	l.app.filter.Blur()
	l.app.pop()
}

// keep leaves the field and keeps the filter.
func (l filterLayer) keep() tea.Cmd {
	l.close()
	l.app.table.Pin()
	return nil
}

// cancel leaves the field and restores filter and cursor.
func (l filterLayer) cancel() tea.Cmd {
	a := l.app
	l.close()
	a.filter.SetValue(l.typed)
	a.arrange() // the line of the filter is the table's again
	a.shown.restore = &l.before
	return a.setFilter(l.typed)
}

// complete completes the typed word; a second time, with the next candidate.
func (l filterLayer) complete() tea.Cmd {
	a := l.app
	next, ok := a.filterHistory.Complete(a.filter.Value(), func(typed string) []string {
		return query.Complete(typed, a.state.CompletionContext())
	})
	if !ok {
		a.toast.Show(dialog.Refused, "no completion", a.now)
		return nil
	}
	return l.retype(next)
}

// up moves to the match above, or recalls earlier filters in an empty field.
func (l filterLayer) up() tea.Cmd {
	a := l.app
	if !a.filterHistory.Recalled(a.filter.Value()) {
		a.table.Move(-1)
		return nil
	}
	if earlier, ok := a.filterHistory.Earlier(); ok {
		return l.retype(earlier)
	}
	return nil
}

// retype replaces the typed text.
func (l filterLayer) retype(value string) tea.Cmd {
	l.app.filter.SetValue(value)
	l.app.filter.CursorEnd()
	return l.Typed()
}

// Typed filters by the typed text and moves the cursor to the best match.
func (l filterLayer) Typed() tea.Cmd {
	a := l.app
	a.state.Query = query.Parse(a.filter.Value())
	a.shown.moveToTop = !a.state.Query.Empty()
	return a.derive()
}

// setFilter replaces the filter. The cursor stays on its snapshot.
func (a *App) setFilter(value string) tea.Cmd {
	a.filter.SetValue(value)
	a.state.Query = query.Parse(value)
	a.shown.moveToTop = false
	return a.derive()
}

// summary returns the values for the summary of the table.
func (a *App) summary() summary.Values {
	return summary.Values{
		Total: a.state.Data.Store.Len() + a.shown.placeholders, Shown: a.table.Len(), Cursor: a.table.CursorIndex(), Marked: a.table.MarkCount(),
		ShownGB: a.shown.Size, MarkedGB: a.state.markedSize.GB(),
		Loading: a.beforeFirstList(), Order: a.order,
		Typed: a.filter.Value(), Query: a.state.Query, Problems: a.shown.Result.Problems, Effects: a.shown.Effects,
	}
}

// filterExit returns the key that clears the filter or cancels typing, with what it does. It
// is "" while the key closes something else.
func (a *App) filterExit() string {
	switch {
	case a.isTyping():
		return a.keyFor("filter.clear") + " " + a.actions.byID("filter.clear").Name()
	case len(a.layers) > 1:
		return ""
	default:
		return a.keyFor("back") + " " + a.actions.byID("back").Name()
	}
}
