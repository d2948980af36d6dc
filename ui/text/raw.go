package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
)

const (
	cellLimit = 4 << 10 // bytes of raw text in a cell
	paneLimit = 8 << 20 // bytes of raw text in a pane
)

// Highlight is a role for the bytes [From, To) of a raw text, such as a syntax token or a
// match.
type Highlight struct {
	From, To int
	Role     theme.Role
}

// Cell escapes raw as one line. It truncates raw to 4 KiB and appends the number of
// remaining bytes.
func Cell(raw string) Safe {
	if len(raw) <= cellLimit {
		return escape(raw)
	}
	return Highlighted(raw, theme.Text).Plain()
}

// Altered reports whether [Cell] changes raw, so that the user cannot type or compare
// what is on the screen.
func Altered(raw string) bool { return Cell(raw).s != raw }

// Styled is [Cell] as a line in a role. The characters at the ascending byte offsets
// matched have the role [theme.Match], escapes [theme.Control].
func Styled(raw string, role theme.Role, matched []int) Line {
	return Highlighted(raw, role, matchHighlights(matched)...)
}

// Highlighted is [Styled] with highlights instead of matches. They must be sorted and
// must not overlap. Text without a highlight has the role.
func Highlighted(raw string, role theme.Role, highlights ...Highlight) Line {
	head, cut := truncate(raw, cellLimit)
	b := spanBuilder{raw: head, role: role, control: theme.Control, highlights: highlights}
	for p := range pieces(head) {
		b.add(p)
	}
	line := b.nextLine()
	if cut > 0 {
		line = append(line, truncationNote(cut))
	}
	return line
}

// Pane escapes raw as lines. Tabs go to multiples of 8 cells, escapes have the role
// [theme.Control]. A line feed at the end starts no line. Highlights are as for
// [Highlighted]. It truncates raw to 8 MiB and appends a line with the number of remaining
// bytes.
func Pane(raw string, role theme.Role, highlights ...Highlight) []Line {
	head, cut := truncate(raw, paneLimit)
	n := strings.Count(head, "\n") + 1
	lines := make([]Line, 0, n+1)
	b := spanBuilder{raw: head, role: role, control: theme.Control, highlights: highlights}
	b.spans = make([]Span, 0, min(n, len(head)/8+1)) // less for millions of empty lines
	for p := range pieces(head) {
		if p.kind == newline {
			lines = append(lines, b.nextLine())
			continue
		}
		b.add(p)
	}
	if !b.empty() {
		lines = append(lines, b.nextLine())
	}
	if cut > 0 {
		lines = append(lines, Line{truncationNote(cut)})
	}
	return lines
}

// escape is Cell without the limit. It does not copy text that needs no escapes.
func escape(raw string) Safe {
	if printableLen(raw) == len(raw) {
		return Safe{s: raw, w: int32(len(raw)), ascii: true}
	}
	if width, ok := plainWidth(raw); ok {
		return Safe{s: raw, w: int32(width)}
	}
	b := spanBuilder{raw: raw} // one role for all, so it builds one span
	for p := range pieces(raw) {
		b.add(p)
	}
	return b.nextLine().Plain()
}

// plainWidth returns the width of raw if it needs no escapes.
func plainWidth(raw string) (width int, ok bool) {
	for p := range pieces(raw) {
		if p.kind != plain {
			return 0, false
		}
		width += p.width
	}
	return width, true
}

// truncate cuts raw to at most n bytes, at the start of a rune, and returns the number of
// bytes that it cut off.
func truncate(raw string, n int) (head string, cut int) {
	if len(raw) <= n {
		return raw, 0
	}
	for end := n; end > n-utf8.UTFMax; end-- {
		if utf8.RuneStart(raw[end]) {
			return raw[:end], len(raw) - end
		}
	}
	return raw[:n], len(raw) - n // not UTF-8 anyway
}

func truncationNote(cut int) Span {
	return Span{Text: escape(fmt.Sprintf("… <+%d bytes>", cut)), Role: theme.Control}
}

// matchHighlights returns highlights for single bytes.
func matchHighlights(offsets []int) []Highlight {
	if len(offsets) == 0 {
		return nil
	}
	highlights := make([]Highlight, 0, len(offsets))
	for _, at := range offsets {
		if last := len(highlights) - 1; last >= 0 && highlights[last].To == at {
			highlights[last].To++
			continue
		}
		highlights = append(highlights, Highlight{From: at, To: at + 1, Role: theme.Match})
	}
	return highlights
}
