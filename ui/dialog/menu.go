package dialog

import (
	"image"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

// Choice is an entry of a menu.
type Choice struct {
	Label  text.Line
	Note   text.Safe
	Choose func() tea.Cmd
}

// Menu is a dialog with a short list of choices.
type Menu struct {
	Picker
	title   text.Safe
	choices []Choice
	box     image.Rectangle
}

// NewMenu returns a menu without choices.
func NewMenu(title text.Safe) *Menu { return &Menu{title: title} }

// Add appends a choice. The cursor starts on the selected one, or else on the first.
func (m *Menu) Add(c Choice, selected bool) {
	if selected {
		m.at = len(m.choices)
	}
	m.choices = append(m.choices, c)
	m.count = len(m.choices)
}

// Scope returns the scope of its keys.
func (*Menu) Scope() keys.Scope { return keys.OnMenu }

// Motion returns the cursor.
func (m *Menu) Motion() keys.Motion { return m }

// Input returns nil, because a menu has no text field.
func (*Menu) Input() *textinput.Model { return nil }

// Chosen returns the function of the choice under the cursor, nil if there is none.
func (m *Menu) Chosen() func() tea.Cmd {
	if len(m.choices) == 0 {
		return nil
	}
	return m.choices[m.at].Choose
}

// Arrange lays the menu out for a screen.
func (m *Menu) Arrange(size image.Point) {
	const width = 44
	m.box = layout.Dialog(size, width, len(m.choices)+4)
	m.area = m.box.Inset(1)
	m.area.Min.Y += 2 // the title
}

// Draw puts the menu on the canvas.
func (m *Menu) Draw(c *canvas.Canvas) {
	lines := []text.Line{text.Justify(text.Sprintf("  %s", m.title).As(theme.Title), m.position(), m.area.Dx()), nil}
	first, end := m.shown()
	for i := first; i < end; i++ {
		lines = append(lines, m.entry(i, m.choices[i].Label, m.choices[i].Note.As(theme.Dim)))
	}
	c.Box(m.box, lines)
}
