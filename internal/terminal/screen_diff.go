package terminal

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// resetStyle is the sequence with which Lip Gloss ends a style.
const resetStyle = "\x1b[0m"

// frameDiff computes the changes from the last frame to the next one.
type frameDiff struct {
	lines []string // of the last frame, nil if the content of the terminal is unknown
	top   int      // rows of the terminal above the frame
}

// reset makes the next update a full redraw.
func (d *frameDiff) reset() { d.lines = nil }

// update returns the bytes that turn the last frame into the given one: the changed span
// of each changed line. Lines start and end without a style.
func (d *frameDiff) update(frame string) []byte {
	lines := strings.Split(frame, "\n")
	var out []byte
	if len(d.lines) != len(lines) {
		out = append(out, d.erase()...)
		d.lines = make([]string, len(lines))
	}
	for row, line := range lines {
		if line != d.lines[row] {
			out = appendSpan(out, d.top+row, d.lines[row], line)
		}
	}
	d.lines = lines
	return out
}

// erase returns the sequence that erases the frame.
func (d *frameDiff) erase() string {
	if d.top == 0 {
		return ansi.EraseEntireScreen
	}
	return ansi.CursorPosition(1, d.top+1) + ansi.EraseScreenBelow
}

// appendSpan appends the bytes that turn one line into another.
func appendSpan(out []byte, row int, from, to string) []byte {
	before, after := cellsOf(from), cellsOf(to)
	column, start := 0, 0
	for start < min(len(before), len(after)) && before[start] == after[start] && after[start].simple {
		start++
		column++
	}
	end := len(after)
	if sameWidths(before[start:], after[start:]) {
		for i := len(before); end > start && before[i-1] == after[end-1]; i-- {
			end--
		}
	}
	out = append(out, ansi.CursorPosition(column+1, row+1)...)
	style := ""
	for _, c := range after[start:end] {
		if c.style != style {
			if style != "" {
				out = append(out, resetStyle...)
			}
			out = append(out, c.style...)
			style = c.style
		}
		out = append(out, c.text...)
	}
	if style != "" {
		out = append(out, resetStyle...)
	}
	if end == len(after) && width(after) < width(before) {
		out = append(out, ansi.EraseLineRight...)
	}
	return out
}

// cell is one grapheme of a line with its style sequences.
type cell struct {
	style  string
	text   string
	simple bool // every terminal draws it in one cell
	width  int
}

// sameWidths reports whether x and y have the same width on every terminal, so that the
// cells after them do not move.
func sameWidths(x, y []cell) bool {
	return len(x) == len(y) && !slices.ContainsFunc(x, isComplex) && !slices.ContainsFunc(y, isComplex)
}

func isComplex(c cell) bool { return !c.simple }

func width(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// cellsOf splits a line into cells. Terminals disagree about the width of emoji and of
// clusters of several runes, so these are not simple.
func cellsOf(line string) []cell {
	cells := make([]cell, 0, len(line))
	style := ""
	for line != "" {
		if b := line[0]; b >= ' ' && b < 0x7f && (len(line) == 1 || line[1] < 0x80) {
			cells = append(cells, cell{style: style, text: line[:1], simple: true, width: 1})
			line = line[1:]
			continue
		}
		text, width, n, _ := ansi.DecodeSequence(line, ansi.NormalState, nil)
		line = line[n:]
		switch {
		case width > 0:
			cells = append(cells, cell{style: style, text: text, simple: isSimple(text, width), width: width})
		case text == resetStyle:
			style = ""
		default:
			style += text
		}
	}
	return cells
}

// isSimple reports whether the grapheme is one rune below the emoji, one cell wide.
func isSimple(text string, width int) bool {
	runes := []rune(text)
	return width == 1 && len(runes) == 1 && runes[0] < 0x1f000
}
