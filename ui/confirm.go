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

	byItself bool // nobody pressed a key for it
	do       func(*App) tea.Cmd
	modes    []mode // ways to do it, of which tab chooses one; they replace lines and do
	chosen   int
}

// mode is one way to do what is asked.
type mode struct {
	name  text.Safe
	lines []text.Line
	do    func(*App) tea.Cmd
}

func (c *confirm) scope() scope {
	if c.field != nil {
		return onTyped
	}
	return onConfirm
}

func (*confirm) motion(*App) motion        { return nil }
func (c *confirm) input() *textinput.Model { return c.field }

// quietBefore is how long the keyboard must have been quiet before a dialog that
// opened by itself takes a key: whoever is typing means something else.
const quietBefore = 500 * time.Millisecond

// tooSoon reports whether a key came before anybody could have read the dialog.
// lastKey is when the key before it was pressed.
func (c *confirm) tooSoon(now, lastKey time.Time) bool {
	if c.byItself && (now.Sub(c.opened) < quietBefore || now.Sub(lastKey) < quietBefore) {
		return true
	}
	return now.Sub(c.opened) < answerGrace
}

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
	if len(c.modes) > 0 {
		return c.modes[c.chosen].do(a)
	}
	return c.do(a)
}

// refuseMode says why tab has nothing to choose.
func refuseMode(a *App) string {
	if c, ok := a.top().(*confirm); !ok || len(c.modes) < 2 {
		return "there is only one way to do this"
	}
	return ""
}

// nextMode chooses the next way to do what is asked.
func (a *App) nextMode() tea.Cmd {
	if c, ok := a.top().(*confirm); ok {
		c.chosen = (c.chosen + 1) % len(c.modes)
	}
	return nil
}

// modeLine shows the ways to do it, the chosen one on a quiet background.
func (c *confirm) modeLine() text.Line {
	line := text.Lit("mode  ").As(theme.Dim)
	for i, m := range c.modes {
		if i == c.chosen {
			line = text.Join(line, text.Sprintf("[%s]", m.name).As(theme.Title).On(theme.Selected), text.Lit("  ").As(theme.Dim))
			continue
		}
		line = text.Join(line, text.Sprintf(" %s   ", m.name).As(theme.Dim))
	}
	return text.Join(line, text.Lit("tab").As(theme.Key))
}

func (c *confirm) draw(a *App, on *canvas) {
	const margin = 2
	lines := []text.Line{nil, c.title, nil}
	if len(c.modes) > 0 {
		lines = append(lines, c.modes[c.chosen].lines...)
	} else {
		lines = append(lines, c.lines...)
	}
	if len(c.modes) > 1 {
		lines = append(lines, nil, c.modeLine())
	}
	lines = append(lines, nil)
	width := 0
	for _, line := range lines {
		width = max(width, line.Width())
	}
	width = min(max(width, 40), confirmWidth)
	width = min(width+2*margin+2, a.size.X)
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
	const hanging = 3 // what goes on is indented, so that each line begins to be seen
	for _, line := range lines {
		indent := margin
		for _, part := range wrapHanging(line, inner, hanging) {
			wrapped = append(wrapped, text.Join(text.Repeat(text.Lit(" "), indent).As(theme.Text), part))
			indent = margin + hanging
		}
	}
	on.box(c.fit(a.size, width, len(wrapped)+3), wrapped)
}

func (*confirm) fit(size image.Point, width, height int) image.Rectangle {
	return layout.Dialog(size, width, height)
}

// confirmWidth bounds the lines of a dialog: longer ones are hard to read.
const confirmWidth = 84

// wrapHanging breaks a line that is too wide, with less room from the second part
// on.
func wrapHanging(line text.Line, width, hanging int) []text.Line {
	if line.Width() <= width {
		return []text.Line{line}
	}
	return line.Wrap(max(width-hanging, 1))
}

// answers is the line that says which keys answer.
func answers(key, yes, no string) text.Line {
	return text.Join(
		text.Cell(key).As(theme.Key), text.Sprintf(" %s    ", yes).As(theme.Dim),
		text.Lit("esc").As(theme.Key), text.Sprintf(" %s", no).As(theme.Dim),
	)
}
