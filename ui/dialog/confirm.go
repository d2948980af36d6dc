package dialog

import (
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/text"
)

// ArmAfter is how long the keyboard must be quiet before a dialog accepts an answer: keys of
// a user who is typing, or holds a key down, were meant for something else.
const ArmAfter = 500 * time.Millisecond

// Question is the content of a confirmation.
type Question struct {
	Title text.Line
	Lines []text.Line
	Verb  string // what the confirming key does: "delete"
	Word  string // must be typed to confirm; "" if y is enough
	Do    func() tea.Cmd
	Modes []Mode // alternatives, which replace Lines and Do; tab selects one
}

// Mode is one way to perform the action.
type Mode struct {
	Name  text.Safe
	Lines []text.Line
	Do    func() tea.Cmd
}

// Confirm is a confirmation dialog. It is armed once the keyboard was quiet for [ArmAfter],
// and shows whether it is; until then it only accepts esc. If it is longer than the screen,
// it scrolls, and accepts no confirmation before its end was visible.
type Confirm struct {
	Question
	field *textinput.Model // for the word, nil if y is enough
	mode  int              // index of the selected mode

	quietSince time.Time
	armed      bool

	layout  dialogLayout
	scroll  int  // index of the first visible line of the body
	endSeen bool // the end of the body was visible
}

// NewConfirm returns a confirmation. quietSince is when the last key was pressed.
func NewConfirm(q Question, quietSince time.Time) *Confirm {
	c := &Confirm{Question: q, quietSince: quietSince}
	if q.Word != "" {
		field := NewField("")
		field.Focus()
		c.field = &field
	}
	return c
}

// Scope returns the scope of its keys.
func (c *Confirm) Scope() keys.Scope {
	if c.field != nil {
		return keys.OnTyped
	}
	return keys.OnConfirm
}

// Motion returns nil, because the dialog has its own actions for scrolling.
func (*Confirm) Motion() keys.Motion { return nil }

// Input returns the field for the word, nil if y is enough.
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
