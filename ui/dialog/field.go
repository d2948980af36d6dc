package dialog

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// fieldLimit is the maximum length of the text in a field, in runes. A pasted ref with its
// digest has about 150.
const fieldLimit = 1000

// NewField returns a text field. Its cursor does not blink, which would redraw an idle screen.
// It has no paste key, because bubbles would run a program of the system to read the
// clipboard; the terminal can paste.
func NewField(value string) textinput.Model {
	field := textinput.New()
	field.Prompt = ""
	field.CharLimit = fieldLimit
	field.Cursor.SetMode(cursor.CursorStatic)
	field.KeyMap.Paste.SetEnabled(false)
	field.SetValue(value)
	return field
}

// FieldLine draws a text field with highlights. The cursor is a glyph, so it is visible
// without colour.
func FieldLine(field *textinput.Model, focused bool, highlights ...text.Highlight) text.Line {
	typed := field.Value()
	if !focused {
		return text.Highlighted(typed, theme.Title, highlights...)
	}
	runes := []rune(typed)
	at := len(string(runes[:min(field.Position(), len(runes))]))
	return text.Join(
		text.Highlighted(typed[:at], theme.Title, clipHighlights(highlights, 0, at)...),
		text.Lit("█").As(theme.Accent),
		text.Highlighted(typed[at:], theme.Title, clipHighlights(highlights, at, len(typed))...),
	)
}

// clipHighlights returns the parts of the highlights within [from, to), with offsets relative
// to from.
func clipHighlights(highlights []text.Highlight, from, to int) []text.Highlight {
	var clipped []text.Highlight
	for _, h := range highlights {
		h.From, h.To = max(h.From, from)-from, min(h.To, to)-from
		if h.From < h.To {
			clipped = append(clipped, h)
		}
	}
	return clipped
}
