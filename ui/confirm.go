package ui

import (
	"image"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// answerGrace is how long a dialog takes no answer after it opened. Nobody can
// read it faster, so a key that comes sooner was meant for what lay below: it
// was in the same read, or it is held down.
const answerGrace = 50 * time.Millisecond

// confirm asks before something is changed. Only y (or the word, and enter) and
// esc do anything.
type confirm struct {
	title  text.Line
	lines  []text.Line
	yes    string           // what y does, in a word or two
	no     string           // what esc does
	word   string           // what must be typed, "" where y is enough
	field  *textinput.Model // for the word, nil where y is enough
	opened time.Time
	do     func(*App) tea.Cmd
}

func (c *confirm) scope() scope {
	if c.field != nil {
		return onTyped
	}
	return onConfirm
}

func (*confirm) motion(*App) motion        { return nil }
func (c *confirm) input() *textinput.Model { return c.field }

// tooSoon reports whether a key came before anybody could have read the dialog.
func (c *confirm) tooSoon(now time.Time) bool { return now.Sub(c.opened) < answerGrace }

// ask opens a confirmation. Where a word is given it must be typed.
func (a *App) ask(c confirm) tea.Cmd {
	c.opened = a.now
	if c.word != "" {
		field := newFilterField("")
		field.Focus()
		c.field = &field
	}
	return a.push(&c)
}

// confirmed runs what was asked for, if the answer is right.
func (a *App) confirmed() tea.Cmd {
	c, ok := a.top().(*confirm)
	if !ok {
		return nil
	}
	if c.word != "" && c.field.Value() != c.word {
		a.toast.show(toastRefused, "that is not what was asked for; esc keeps it", a.now)
		return nil
	}
	a.pop()
	return c.do(a)
}

func (c *confirm) draw(a *App, on *canvas) {
	const margin = 2
	lines := append([]text.Line{nil, c.title, nil}, c.lines...)
	lines = append(lines, nil)
	width := 0
	for _, line := range lines {
		width = max(width, line.Width())
	}
	width = min(max(width, 40)+2*margin+2, a.size.X)
	inner := max(width-2*margin-2, 1)
	if c.field != nil {
		lines = append(lines,
			text.Join(text.Lit("type ").As(theme.Dim), text.Styled(c.word, theme.Title, nil), text.Lit(" to go on").As(theme.Dim)),
			text.Join(text.Lit("› ").As(theme.Accent), fieldLine(c.field, true)), nil)
		lines = append(lines, answers("enter", c.yes, c.no))
	} else {
		lines = append(lines, answers("y", c.yes, c.no))
	}
	var wrapped []text.Line
	for _, line := range lines {
		for _, part := range line.Wrap(inner) {
			wrapped = append(wrapped, text.Join(text.Repeat(text.Lit(" "), margin).As(theme.Text), part))
		}
	}
	on.box(c.fit(a.size, width, len(wrapped)+3), wrapped)
}

func (*confirm) fit(size image.Point, width, height int) image.Rectangle {
	return layout.Dialog(size, width, height)
}

// answers is the line that says which keys answer.
func answers(key, yes, no string) text.Line {
	return text.Join(
		text.Cell(key).As(theme.Key), text.Sprintf(" %s    ", yes).As(theme.Dim),
		text.Lit("esc").As(theme.Key), text.Sprintf(" %s", no).As(theme.Dim),
	)
}
