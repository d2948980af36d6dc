package dialog

import (
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// ArmAfter is how long the keyboard must be quiet before a dialog takes an answer: the
// keys of a user who types a word, or holds a key down, were meant for something else.
const ArmAfter = 500 * time.Millisecond

// Question is what is asked before something is changed.
type Question struct {
	Title text.Line
	Lines []text.Line
	Verb  string // the verb of what y does: "delete"
	Word  string // what must be typed, "" where y is enough
	Do    func() tea.Cmd
	Modes []Mode // ways to do it; tab chooses one, and they replace Lines and Do
}

// Mode is one way to do what is asked.
type Mode struct {
	Name  text.Safe
	Lines []text.Line
	Do    func() tea.Cmd
}

// Confirm asks a question. It is armed once the keyboard was quiet for [ArmAfter], and
// shows whether it is; until then only esc is an answer. Where it is longer than the
// screen it scrolls, and is answered once its end was seen.
type Confirm struct {
	Question
	field *textinput.Model // for the word, nil where y is enough
	mode  int              // of the modes

	quietSince time.Time
	armed      bool

	layout  dialogLayout
	scroll  int  // lines of the body above the first that is shown
	endSeen bool // its end was on the screen
}

// NewConfirm returns the dialog of a question. The keyboard was quiet since then.
func NewConfirm(q Question, quietSince time.Time) *Confirm {
	c := &Confirm{Question: q, quietSince: quietSince}
	if q.Word != "" {
		field := NewField("")
		field.Focus()
		c.field = &field
	}
	return c
}

// Scope returns where its keys work.
func (c *Confirm) Scope() keys.Scope {
	if c.field != nil {
		return keys.OnTyped
	}
	return keys.OnConfirm
}

// Motion returns nil: two actions of its own scroll it.
func (*Confirm) Motion() keys.Motion { return nil }

// Input returns the field for the word, nil where y is enough.
func (c *Confirm) Input() *textinput.Model { return c.field }

// Armed arms the dialog if the keyboard has been quiet long enough, and reports whether
// it is armed. It stays armed.
func (c *Confirm) Armed(now time.Time) bool {
	c.armed = c.armed || now.Sub(c.quietSince) >= ArmAfter
	return c.armed
}

// Disturb starts the wait again, unless the dialog is armed: a key was pressed.
func (c *Confirm) Disturb(now time.Time) { c.quietSince = now }

// RefuseAnswer says why no answer is accepted, "" once the end of the question was
// on the screen.
func (c *Confirm) RefuseAnswer() string {
	if !c.endSeen {
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

// Chosen returns what a yes does.
func (c *Confirm) Chosen() func() tea.Cmd {
	if len(c.Modes) > 0 {
		return c.Modes[c.mode].Do
	}
	return c.Do
}

// NextMode chooses the next way to do what is asked.
func (c *Confirm) NextMode() {
	c.mode = (c.mode + 1) % len(c.Modes)
	c.scroll, c.endSeen = 0, false
}

// ScrollTo shows the start of the question with -1, its end with 1.
func (c *Confirm) ScrollTo(end int) { c.scroll = max(0, end*len(c.layout.body)) }

// Scroll shows what is further down, or with -1 further up, by half a page.
func (c *Confirm) Scroll(direction int) {
	c.scroll = max(0, c.scroll+direction*max(c.layout.room/2, 1))
}
