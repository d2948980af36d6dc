package ui

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// filterLimit bounds what can be typed or pasted into the filter, in runes. A
// pasted ref with its digest has about 150.
const filterLimit = 1000

// filterLayer is the filter while it is typed. What it finds shows at once.
type filterLayer struct{ field *textinput.Model }

func (filterLayer) scope() scope              { return onFilter }
func (filterLayer) motion(a *App) motion      { return a.table }
func (l filterLayer) input() *textinput.Model { return l.field }
func (filterLayer) draw(*App, *canvas)        {} // the filter line belongs to the table

// newFilterField returns a text field whose cursor does not blink: nothing
// redraws while nothing happens.
func newFilterField(value string) textinput.Model {
	field := textinput.New()
	field.Prompt = ""
	field.CharLimit = filterLimit
	field.Cursor.SetMode(cursor.CursorStatic)
	field.SetValue(value)
	return field
}

func (a *App) openFilter() tea.Cmd {
	a.filter.CursorEnd()
	cmd := a.filter.Focus()
	a.push(filterLayer{field: &a.filter})
	return cmd
}

// keepFilter leaves the field and keeps what it found.
func (a *App) keepFilter() tea.Cmd {
	a.filter.Blur()
	a.pop()
	return nil
}

// dropFilter leaves the field and shows everything again.
func (a *App) dropFilter() tea.Cmd {
	a.filter.Blur()
	a.pop()
	return a.setFilter("")
}

// setFilter replaces the filter. The cursor stays on its snapshot.
func (a *App) setFilter(value string) tea.Cmd {
	a.filter.SetValue(value)
	a.known.query = query.Parse(value)
	return a.derive()
}

// filterTyped follows what is typed: the cursor goes to the best match.
func (a *App) filterTyped() tea.Cmd {
	a.known.query = query.Parse(a.filter.Value())
	a.shown.best = !a.known.query.Empty()
	return a.derive()
}

// filterLine draws the filter with its cursor and what it found.
func (a *App) filterLine(width int) text.Line {
	_, typing := a.top().(filterLayer)
	line := text.Line{{Text: text.Lit(" / "), Role: theme.Key}}
	line = append(line, fieldLine(&a.filter, typing)...)
	found := text.Line{{Text: a.foundText(), Role: theme.Dim}, {Text: text.Lit(" ")}}
	room := width - found.Width()
	if room < 12 {
		return line.Fit(width)
	}
	return append(line.Fit(room), found...)
}

// foundText tells how much the filter found, and how to get rid of it.
func (a *App) foundText() text.Safe {
	order := text.Safe{}
	if a.known.query.HasWords() {
		order = text.Lit(" · best match first")
	}
	return text.Sprintf("  %s%s · esc clears", a.countText(), order)
}

// countText is "128 snapshots" or "12 of 128".
func (a *App) countText() text.Safe {
	all, shown := a.known.deck.store.Len(), a.table.Len()
	if a.known.query.Empty() {
		return text.Sprintf("%s", plural(all, "snapshot"))
	}
	return text.Sprintf("%s of %s", thousands(shown), thousands(all))
}

// fieldLine draws a text field. The cursor is a glyph, so it shows without
// colour too.
func fieldLine(field *textinput.Model, focused bool) text.Line {
	value := []rune(field.Value())
	if !focused {
		return text.Styled(string(value), theme.Title, nil)
	}
	at := min(field.Position(), len(value))
	line := text.Styled(string(value[:at]), theme.Title, nil)
	line = append(line, text.Span{Text: text.Lit("█"), Role: theme.Accent})
	return append(line, text.Styled(string(value[at:]), theme.Title, nil)...)
}
