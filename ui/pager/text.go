package pager

import (
	"strings"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// Text is a [Source] of raw text from anywhere. Its lines end as those of
// [text.Pane] do, but each is made safe and painted only when it is seen, so its
// size does not matter and no part of it is left out.
type Text struct {
	lines []string // as they came, without their ends
	open  bool     // the last line has no end yet
	paint func(i int, raw string) text.Line
}

// NewText returns the lines of raw. paint makes a line of what is in line i, for
// instance by giving [text.Pane] the regions of its syntax; if it is nil, lines are
// drawn in [theme.Text].
func NewText(raw string, paint func(i int, raw string) text.Line) *Text {
	if paint == nil {
		paint = plainLine
	}
	t := &Text{paint: paint, lines: make([]string, 0, strings.Count(raw, "\n")+1)}
	t.Append(raw)
	return t
}

func plainLine(_ int, raw string) text.Line {
	if lines := text.Pane(raw, theme.Text); len(lines) > 0 {
		return lines[0]
	}
	return nil
}

// Append adds what has come since, which may begin in the middle of a line. The
// pager wants to know; see [Pager.Grown].
func (t *Text) Append(raw string) {
	for raw != "" {
		line, rest, ended := strings.Cut(raw, "\n")
		if t.open {
			last := len(t.lines) - 1
			line = t.lines[last] + line
			t.lines = t.lines[:last]
		}
		if ended {
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
func (t *Text) Line(i int) text.Line { return t.paint(i, t.lines[i]) }

// Plain returns what line i shows, without painting it.
func (t *Text) Plain(i int) string {
	if raw := t.lines[i]; isPrintableASCII(raw) {
		return raw
	}
	return plainLine(i, t.lines[i]).String()
}

func isPrintableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
