package ui

import (
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// searchLayer is the search within a text. Matches show while it is typed.
type searchLayer struct {
	app   *App
	field textinput.Model
	in    *pager.Pager
}

func (*searchLayer) Scope() keys.Scope         { return keys.OnSearch }
func (l *searchLayer) Motion() keys.Motion     { return l.in }
func (l *searchLayer) Input() *textinput.Model { return &l.field }

func (l *searchLayer) Draw(c *canvas.Canvas) {
	a := l.app
	line := text.Join(text.Lit(" / ").As(theme.Key), dialog.FieldLine(&l.field, true), text.Lit("  ").As(theme.Dim), l.in.MatchPosition())
	c.Put(a.screen.Toast, line)
}

// openSearch searches the text of the top layer.
func (a *App) openSearch() tea.Cmd {
	l, ok := a.top().(pagerLayer)
	if !ok {
		return nil
	}
	search := &searchLayer{app: a, field: dialog.NewField(""), in: l.Pager()}
	cmd := search.field.Focus()
	a.push(search)
	return cmd
}

// Typed searches for what is typed.
func (l *searchLayer) Typed() tea.Cmd {
	l.in.Search(l.field.Value())
	return nil
}

func (a *App) dropSearch() tea.Cmd {
	if l, ok := a.top().(*searchLayer); ok {
		l.in.Search("")
	}
	a.pop()
	return nil
}

// searchStep goes to the next match, or to the previous one.
func (a *App) searchStep(forward bool) tea.Cmd {
	l, ok := a.top().(pagerLayer)
	if !ok {
		return nil
	}
	p := l.Pager()
	if _, total := p.Matches(); total == 0 {
		reason := "no search yet"
		if p.SearchedText() != "" {
			reason = "no match"
		}
		a.toast.Show(dialog.Refused, reason+" · "+a.keyFor("text.search")+" search", a.now)
		return nil
	}
	if forward {
		p.Next()
	} else {
		p.Prev()
	}
	return nil
}
