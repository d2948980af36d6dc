package text

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"daytona/snapdeck/theme"
)

const (
	cellLimit = 4 << 10 // bytes of raw text that a cell shows
	paneLimit = 8 << 20 // bytes of raw text that a pane shows
)

// Highlight gives the bytes [From, To) of a raw text a role: a token of a
// highlighter, a match.
type Highlight struct {
	From, To int
	Role     theme.Role
}

// Cell returns raw as one line. Of more than 4 KiB it shows the start and the
// number of bytes that are left.
func Cell(raw string) Safe {
	if len(raw) <= cellLimit {
		return clean(raw)
	}
	return Highlighted(raw, theme.Text).Plain()
}

// Altered reports whether [Cell] shows raw in other characters than its own,
// so that what is on the screen cannot be typed or compared.
func Altered(raw string) bool { return Cell(raw).s != raw }

// Styled returns what [Cell] shows as a line in a role. The characters at the
// byte offsets matched, which are sorted, are drawn as [theme.Match], escapes
// as [theme.Control].
func Styled(raw string, role theme.Role, matched []int) Line {
	return Highlighted(raw, role, matches(matched)...)
}

// Highlighted is [Styled] with regions instead of matches. They are sorted and do
// not overlap; what is in none of them has the role.
func Highlighted(raw string, role theme.Role, regions ...Highlight) Line {
	head, cut := limit(raw, cellLimit)
	w := weaver{raw: head, role: role, control: theme.Control, regions: regions}
	for p := range pieces(head) {
		w.add(p)
	}
	line := w.take()
	if cut > 0 {
		line = append(line, notice(cut))
	}
	return line
}

// Pane returns raw as lines: line feeds end them, tabs go to stops of 8 cells,
// escapes are drawn as [theme.Control]. A line feed at the end starts no line.
// Regions are as for [Highlighted]. Of more than 8 MiB it shows the start, and a
// line with the number of bytes that are left.
func Pane(raw string, role theme.Role, regions ...Highlight) []Line {
	head, cut := limit(raw, paneLimit)
	n := strings.Count(head, "\n") + 1
	lines := make([]Line, 0, n+1)
	w := weaver{raw: head, role: role, control: theme.Control, regions: regions}
	w.spans = make([]Span, 0, min(n, len(head)/8+1)) // not for millions of empty lines
	for p := range pieces(head) {
		if p.kind == newline {
			lines = append(lines, w.take())
			continue
		}
		w.add(p)
	}
	if !w.empty() {
		lines = append(lines, w.take())
	}
	if cut > 0 {
		lines = append(lines, Line{notice(cut)})
	}
	return lines
}

// clean is Cell without the limit. Text that needs no escape is taken as it
// is, without a copy.
func clean(raw string) Safe {
	if printable(raw) == len(raw) {
		return Safe{s: raw, w: int32(len(raw)), ascii: true}
	}
	if width, ok := harmlessWidth(raw); ok {
		return Safe{s: raw, w: int32(width)}
	}
	w := weaver{raw: raw} // escapes in the role of the rest: it becomes one span
	for p := range pieces(raw) {
		w.add(p)
	}
	return w.take().Plain()
}

// harmlessWidth returns the width of raw, if all of it can be drawn as it is.
func harmlessWidth(raw string) (width int, ok bool) {
	for p := range pieces(raw) {
		if p.kind != plain {
			return 0, false
		}
		width += p.width
	}
	return width, true
}

// limit cuts raw after n bytes, in front of a rune, and returns what is left
// and how many bytes were cut.
func limit(raw string, n int) (head string, cut int) {
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

func notice(cut int) Span {
	return Span{Text: clean(fmt.Sprintf("… <+%d bytes>", cut)), Role: theme.Control}
}

// matches makes regions of single bytes.
func matches(offsets []int) []Highlight {
	if len(offsets) == 0 {
		return nil
	}
	regions := make([]Highlight, 0, len(offsets))
	for _, at := range offsets {
		if last := len(regions) - 1; last >= 0 && regions[last].To == at {
			regions[last].To++
			continue
		}
		regions = append(regions, Highlight{From: at, To: at + 1, Role: theme.Match})
	}
	return regions
}
