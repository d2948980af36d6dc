package dialog

import (
	"cmp"
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
	// Refusal is why it cannot be confirmed, "" if it can.
	Refusal string
	Do      func() tea.Cmd
	// Leave is what follows when esc closes the question, nil for nothing. LeaveName says so, ""
	// for "cancel".
	Leave     func() tea.Cmd
	LeaveName string
	// Answer gets what is typed, in place of Word and Do; nil unless the question asks for a
	// text. Typed is the initial text.
	Answer func(string) tea.Cmd
	Typed  string
	Modes  []Mode // alternatives, which replace Lines and Do; tab selects one
}

// Mode is one way to perform the action. It may replace the title, the verb, the word and the
// refusal, too.
type Mode struct {
	Name    text.Safe
	Title   text.Line
	Lines   []text.Line
	Verb    string
	Word    string
	Refusal string
	Do      func() tea.Cmd
}

// in returns the question in a mode.
func (q Question) in(mode int) Question {
	if len(q.Modes) == 0 {
		return q
	}
	m := q.Modes[mode]
	if m.Title != nil {
		q.Title = m.Title
	}
	q.Verb, q.Word, q.Refusal = cmp.Or(m.Verb, q.Verb), cmp.Or(m.Word, q.Word), cmp.Or(m.Refusal, q.Refusal)
	q.Lines, q.Do = m.Lines, m.Do
	return q
}

// Confirm is a confirmation dialog. It is armed once the keyboard was quiet for [ArmAfter],
// and shows whether it is; until then it only accepts esc. If it is longer than the screen,
// it scrolls, and accepts no confirmation before its end was visible.
type Confirm struct {
	Question                  // in the selected mode
	asked    Question         // in no mode
	field    *textinput.Model // for the word, nil if y is enough
	mode     int              // index of the selected mode

	quietSince time.Time
	waiting    bool // for what the question depends on
	closed     bool
	armed      bool

	layout  dialogLayout
	scroll  int  // index of the first visible line of the body
	endSeen bool // the end of the body was visible
}

// NewConfirm returns a confirmation. quietSince is when the last key was pressed.
func NewConfirm(q Question, quietSince time.Time) *Confirm {
	c := &Confirm{asked: q, quietSince: quietSince}
	c.show()
	return c
}

// show shows the question in the selected mode, with an empty field if a word must be typed.
func (c *Confirm) show() {
	c.Question, c.field = c.asked.in(c.mode), nil
	c.scroll, c.endSeen = 0, false
	if (c.Word != "" || c.Answer != nil) && c.Refusal == "" {
		field := NewField(c.Typed)
		field.Focus()
		c.field = &field
	}
}

// Wait keeps the dialog from arming until [Confirm.Replace]: the question is not complete.
func (c *Confirm) Wait() { c.waiting = true }

// Replace replaces the question by another one about the same action. The dialog arms again,
// and what was typed is dropped: nothing is confirmed that was not on the screen. It stays in
// the selected mode if the other question has it.
func (c *Confirm) Replace(q Question, now time.Time) {
	scroll := c.scroll
	if len(q.Modes) != len(c.asked.Modes) || c.mode > 0 && q.Modes[c.mode].Name.String() != c.asked.Modes[c.mode].Name.String() {
		c.mode = 0
	}
	c.asked = q
	c.waiting, c.armed, c.quietSince = false, false, now
	c.show()
	c.scroll = scroll
}

// Reword replaces the lines of the question. The dialog stays armed, and keeps the word and
// what was typed. Use it only for lines that make the action no more dangerous.
func (c *Confirm) Reword(q Question) {
	if len(q.Modes) != len(c.asked.Modes) {
		return
	}
	c.asked.Lines = q.Lines
	for i := range q.Modes {
		c.asked.Modes[i].Lines = q.Modes[i].Lines
	}
	c.Lines = c.asked.in(c.mode).Lines
}

// Closed records that the dialog was closed.
func (c *Confirm) Closed() { c.closed = true }

// IsClosed reports whether the dialog was closed.
func (c *Confirm) IsClosed() bool { return c.closed }

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
	c.armed = c.armed || !c.waiting && now.Sub(c.quietSince) >= ArmAfter
	return c.armed
}

// RestartWait starts the wait again after a key, unless the dialog is armed.
func (c *Confirm) RestartWait(now time.Time) { c.quietSince = now }

// RefuseAnswer says why no answer is accepted, "" once the end of the question was
// on the screen.
func (c *Confirm) RefuseAnswer() string {
	if c.Refusal != "" {
		return c.Refusal
	}
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
func (c *Confirm) WrongWord() bool {
	return c.field != nil && c.Answer == nil && c.field.Value() != c.Word
}

// EscName returns what esc does.
func (c *Confirm) EscName() string { return cmp.Or(c.LeaveName, "cancel") }

// Left returns what follows when esc closed the question, which may be nil.
func (c *Confirm) Left() tea.Cmd {
	if c == nil || c.Leave == nil {
		return nil
	}
	return c.Leave()
}

// Chosen returns what a yes does.
func (c *Confirm) Chosen() func() tea.Cmd {
	if c.Answer != nil {
		return func() tea.Cmd { return c.Answer(c.field.Value()) }
	}
	return c.Do
}

// NextMode chooses the next way to do what is asked.
func (c *Confirm) NextMode() {
	typed, word := c.field, c.Word
	c.mode = (c.mode + 1) % len(c.Modes)
	c.show()
	if c.field != nil && typed != nil && c.Word == word {
		c.field = typed
	}
}

// ScrollTo shows the start of the question with -1, its end with 1.
func (c *Confirm) ScrollTo(end int) { c.scroll = max(0, end*len(c.layout.body)) }

// Scroll shows what is further down, or with -1 further up, by half a page.
func (c *Confirm) Scroll(direction int) {
	c.scroll = max(0, c.scroll+direction*max(c.layout.room/2, 1))
}
