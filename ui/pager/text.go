package pager

import (
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Text is a [PlainSource] of raw text from anywhere. Its lines end as those of
// [text.Pane] do, but each is made safe and painted only when it is seen, so its
// size does not matter and no part of it is left out.
type Text struct {
	lines   []string        // as they came, without their ends
	open    bool            // the last line has no end yet
	last    strings.Builder // the last line while it is open
	colours func(i int, raw string) []text.Highlight
	show    func(raw string) text.Line
}

// NewText returns the lines of raw. colours gives parts of what is in line i another
// role than [theme.Text], as [text.Pane] takes them; nil gives none.
func NewText(raw string, colours func(i int, raw string) []text.Highlight) *Text {
	if colours == nil {
		colours = func(int, string) []text.Highlight { return nil }
	}
	t := &Text{colours: colours, lines: make([]string, 0, strings.Count(raw, "\n")+1)}
	t.Append(raw)
	return t
}

// NewFormatted returns a text without lines yet, each of which is shown as what show
// makes of it, which may be another text. A search looks through that.
func NewFormatted(show func(raw string) text.Line) *Text { return &Text{show: show} }

// Append adds what has come since, which may begin in the middle of a line. The
// pager wants to know; see [Pager.SourceGrew].
func (t *Text) Append(raw string) {
	for raw != "" {
		line, rest, ended := strings.Cut(raw, "\n")
		if t.open || !ended { // it is put together without copying what is there
			t.last.WriteString(line)
			line = t.last.String()
		}
		if t.open {
			t.lines = t.lines[:len(t.lines)-1]
		}
		if ended {
			t.last.Reset()
			line = strings.TrimSuffix(line, "\r")
		}
		t.lines = append(t.lines, line)
		t.open = !ended
		raw = rest
	}
}

// Len returns the number of lines. A line feed at the end starts no line.
func (t *Text) Len() int { return len(t.lines) }

// Line returns line i, made safe and painted.
func (t *Text) Line(i int) text.Line {
	raw := t.lines[i]
	if t.show != nil {
		return t.show(raw)
	}
	return pane(raw, t.colours(i, raw)...)
}

// Plain returns what line i shows. Colours are not asked for: they change no text.
func (t *Text) Plain(i int) string {
	switch raw := t.lines[i]; {
	case t.show != nil:
		return t.show(raw).String()
	case isPrintableASCII(raw):
		return raw
	default:
		return pane(raw).String()
	}
}

// pane returns what [text.Pane] makes of a single line.
func pane(raw string, colours ...text.Highlight) text.Line {
	if lines := text.Pane(raw, theme.Text, colours...); len(lines) > 0 {
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
