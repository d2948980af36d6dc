package pager

import (
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Text is a [PlainSource] of untrusted text. It splits lines as [text.Pane] does, but
// escapes and highlights a line only when it is visible, so that large texts are cheap
// and none is truncated.
type Text struct {
	lines     []string        // raw, without line ends
	lineOpen  bool            // the last line has no line end yet
	openLine  strings.Builder // the last line while lineOpen
	highlight func(i int, raw string) []text.Highlight
	format    func(raw string) text.Line
}

// NewText returns the lines of raw. highlight returns the highlights of line i, as for
// [text.Pane]; it may be nil.
func NewText(raw string, highlight func(i int, raw string) []text.Highlight) *Text {
	if highlight == nil {
		highlight = func(int, string) []text.Highlight { return nil }
	}
	t := &Text{highlight: highlight, lines: make([]string, 0, strings.Count(raw, "\n")+1)}
	t.Append(raw)
	return t
}

// NewFormatted returns an empty text that shows format(raw) for each line that is
// appended. A search sees the formatted text.
func NewFormatted(format func(raw string) text.Line) *Text { return &Text{format: format} }

// Append appends raw text, which may start in the middle of a line. Call
// [Pager.SourceGrew] afterwards.
func (t *Text) Append(raw string) {
	for raw != "" {
		line, rest, ended := strings.Cut(raw, "\n")
		if t.lineOpen || !ended { // the builder avoids copying the line for each part
			t.openLine.WriteString(line)
			line = t.openLine.String()
		}
		if t.lineOpen {
			t.lines = t.lines[:len(t.lines)-1]
		}
		if ended {
			t.openLine.Reset()
			line = strings.TrimSuffix(line, "\r")
		}
		t.lines = append(t.lines, line)
		t.lineOpen = !ended
		raw = rest
	}
}

// Len returns the number of lines. A line feed at the end starts no line.
func (t *Text) Len() int { return len(t.lines) }

// Line returns line i, escaped and highlighted.
func (t *Text) Line(i int) text.Line {
	raw := t.lines[i]
	if t.format != nil {
		return t.format(raw)
	}
	return formatLine(raw, t.highlight(i, raw)...)
}

// Plain returns the text of line i. Highlights do not change it.
func (t *Text) Plain(i int) string {
	switch raw := t.lines[i]; {
	case t.format != nil:
		return t.format(raw).String()
	case isPrintableASCII(raw):
		return raw
	default:
		return formatLine(raw).String()
	}
}

// formatLine is [text.Pane] for a single line.
func formatLine(raw string, highlights ...text.Highlight) text.Line {
	if lines := text.Pane(raw, theme.Text, highlights...); len(lines) > 0 {
		return lines[0]
	}
	return nil
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
