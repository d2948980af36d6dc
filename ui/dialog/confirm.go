package dialog

import (
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

const (
	// AnswerGrace is how long a dialog takes no answer after it opened: a key that
	// comes sooner was meant for what lay below. It was in the same read, or it is
	// held down.
	AnswerGrace = 50 * time.Millisecond
	// quietBefore is how long the keyboard must have been quiet before a dialog that
	// no key opened takes an answer: a user who is typing means something else.
	quietBefore = 500 * time.Millisecond
)

// Question is what is asked before something is changed.
type Question struct {
	Title text.Line
	Lines []text.Line
	Yes   string // the verb of what y does: "delete"
	Word  string // what must be typed, "" where y is enough
	// Unprompted is set where no key was pressed for it.
	Unprompted bool
	Do         func() tea.Cmd
	Modes      []Mode // ways to do it; tab chooses one, and they replace Lines and Do
}

// Mode is one way to do what is asked.
type Mode struct {
	Name  text.Safe
	Lines []text.Line
	Do    func() tea.Cmd
}

// Confirm asks a question. Only y (or the word, and enter) and esc do anything.
// Where it is longer than the screen it scrolls, and is answered once its end was
// seen.
type Confirm struct {
	Question
	field  *textinput.Model // for the word, nil where y is enough
	opened time.Time
	chosen int // of the modes

	layout dialogLayout
	scroll int  // lines of the body above the first that is shown
	read   bool // its end was on the screen
}

// NewConfirm returns the dialog of a question that is asked now.
func NewConfirm(q Question, now time.Time) *Confirm {
	c := &Confirm{Question: q, opened: now}
	if q.Word != "" {
		field := NewField("")
		field.Focus()
		c.field = &field
	}
	return c
}

// Scope is where its keys work.
func (c *Confirm) Scope() keys.Scope {
	if c.field != nil {
		return keys.OnTyped
	}
	return keys.OnConfirm
}

// Motion is nil: two actions of its own scroll it.
func (*Confirm) Motion() keys.Motion { return nil }

// Input is the field for the word, nil where y is enough.
func (c *Confirm) Input() *textinput.Model { return c.field }

// TooSoon reports whether a key came before the dialog could have been read. lastKey
// is when the key before it was pressed.
func (c *Confirm) TooSoon(now, lastKey time.Time) bool {
	if c.Unprompted && (now.Sub(c.opened) < quietBefore || now.Sub(lastKey) < quietBefore) {
		return true
	}
	return now.Sub(c.opened) < AnswerGrace
}

// RefuseAnswer says why no answer is accepted, "" once the end of the question was
// on the screen.
func (c *Confirm) RefuseAnswer() string {
	if !c.read {
		return "scroll to the end first · ↓"
	}
	return ""
}

// RefuseMode says why there is no mode to choose, or "".
func (c *Confirm) RefuseMode() string {
	if len(c.Modes) < 2 {
		return "there is no other mode"
	}
	return ""
}

// WrongWord reports whether something else is typed than what must be.
func (c *Confirm) WrongWord() bool { return c.Word != "" && c.field.Value() != c.Word }

// Chosen is what a yes does.
func (c *Confirm) Chosen() func() tea.Cmd {
	if len(c.Modes) > 0 {
		return c.Modes[c.chosen].Do
	}
	return c.Do
}

// NextMode chooses the next way to do what is asked.
func (c *Confirm) NextMode() {
	c.chosen = (c.chosen + 1) % len(c.Modes)
	c.scroll, c.read = 0, false
}

// Scroll shows what is further down, or with -1 further up, by half a page.
func (c *Confirm) Scroll(direction int) {
	c.scroll = max(0, c.scroll+direction*max(c.layout.room/2, 1))
}
