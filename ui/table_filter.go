package ui

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/summary"
)

// filterLayer is the filter while it is typed. The rows follow each key.
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

// keepFilter leaves the field and keeps the filter.
func (a *App) keepFilter() tea.Cmd {
	a.filterHistory.Remember(a.filter.Value())
	a.filter.Blur()
	a.pop()
	a.table.Pin()
	return nil
}

// dropFilter leaves the field and clears the filter.
func (a *App) dropFilter() tea.Cmd {
	a.filterHistory.Remember(a.filter.Value())
	a.filter.Blur()
	a.pop()
	return a.setFilter("")
}

// completeFilter completes the typed word; a second time, with the next candidate.
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

// filterUp moves to the match above, or recalls earlier filters in an empty field.
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

// retype replaces the typed text.
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

// filterTyped filters by the typed text and moves the cursor to the best match.
func (a *App) filterTyped() tea.Cmd {
	a.state.Query = query.Parse(a.filter.Value())
	a.shown.moveToTop = !a.state.Query.Empty()
	return a.derive()
}

// summary returns the values for the summary of the table.
func (a *App) summary() summary.Values {
	return summary.Values{
		Total: a.state.Data.Store.Len() + a.shown.placeholders, Shown: a.table.Len(), Cursor: a.table.CursorIndex(), Marked: a.table.MarkCount(),
		Loading: a.beforeFirstList(), Order: a.order,
		Typed: a.filter.Value(), Query: a.state.Query, Problems: a.shown.Result.Problems, Effects: a.shown.Effects,
	}
}

// clearFilterKey returns the key that clears the filter in the top layer.
func (a *App) clearFilterKey() string {
	if a.isTyping() {
		return a.keyFor("filter.clear")
	}
	return a.keyFor("back")
}
