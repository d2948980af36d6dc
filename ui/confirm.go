package ui

import (
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// answerGrace is how long a dialog takes no answer after it opened. Nobody can
// read it faster, so a key that comes sooner was meant for what lay below: it
// was in the same read, or it is held down.
const answerGrace = 50 * time.Millisecond

// confirm asks before something is changed. Only y (or the word, and enter) and
// esc do anything. Where it is longer than the screen it scrolls, and is answered
// once its end was seen.
type confirm struct {
	title  text.Line
	lines  []text.Line
	yes    string           // what y does, in a word or two
	no     string           // what esc does
	word   string           // what must be typed, "" where y is enough
	field  *textinput.Model // for the word, nil where y is enough
	opened time.Time

	unprompted bool // nobody pressed a key for it
	do         func(*App) tea.Cmd
	modes      []mode // ways to do it, of which tab chooses one; they replace lines and do
	chosen     int

	layout dialogLayout
	scroll int  // lines of the body above the first that is shown
	read   bool // its end was on the screen
}

// mode is one way to do what is asked.
type mode struct {
	name  text.Safe
	lines []text.Line
	do    func(*App) tea.Cmd
}

func (c *confirm) Scope() keys.Scope {
	if c.field != nil {
		return keys.OnTyped
	}
	return keys.OnConfirm
}

func (*confirm) Motion() keys.Motion       { return nil }
func (c *confirm) Input() *textinput.Model { return c.field }

// quietBefore is how long the keyboard must have been quiet before a dialog that
// opened by itself takes a key: whoever is typing means something else.
const quietBefore = 500 * time.Millisecond

// tooSoon reports whether a key came before anybody could have read the dialog.
// lastKey is when the key before it was pressed.
func (c *confirm) tooSoon(now, lastKey time.Time) bool {
	if c.unprompted && (now.Sub(c.opened) < quietBefore || now.Sub(lastKey) < quietBefore) {
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
		c.scroll, c.read = 0, false
	}
	return nil
}
