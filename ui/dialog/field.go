package dialog

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// fieldLimit bounds what can be typed or pasted into a field, in runes. A pasted
// ref with its digest has about 150.
const fieldLimit = 1000

// NewField returns a text field whose cursor does not blink, since nothing redraws
// while nothing happens, and which does not handle paste keys: it would start a tool
// of the system for that, and the terminal pastes.
func NewField(value string) textinput.Model {
	field := textinput.New()
	field.Prompt = ""
	field.CharLimit = fieldLimit
	field.Cursor.SetMode(cursor.CursorStatic)
	field.KeyMap.Paste.SetEnabled(false)
	field.SetValue(value)
	return field
}

// FieldLine draws a text field, with regions of what was typed in other roles.
// The cursor is a glyph, so it shows without colour too.
func FieldLine(field *textinput.Model, focused bool, regions ...text.Highlight) text.Line {
	typed := field.Value()
	if !focused {
		return text.Highlighted(typed, theme.Title, regions...)
	}
	runes := []rune(typed)
	at := len(string(runes[:min(field.Position(), len(runes))]))
	return text.Join(
		text.Highlighted(typed[:at], theme.Title, clipHighlights(regions, 0, at)...),
		text.Lit("█").As(theme.Accent),
		text.Highlighted(typed[at:], theme.Title, clipHighlights(regions, at, len(typed))...),
	)
}

// clipHighlights returns the parts of the regions within [from, to), as offsets from
// its start.
func clipHighlights(regions []text.Highlight, from, to int) []text.Highlight {
	var inside []text.Highlight
	for _, r := range regions {
		r.From, r.To = max(r.From, from)-from, min(r.To, to)-from
		if r.From < r.To {
			inside = append(inside, r)
		}
	}
	return inside
}
