package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// first returns the first grapheme cluster of s and its width in cells. It is
// what Bubble Tea measures with, so that the two agree.
func first(s string) (cluster string, width int) {
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// width returns the number of cells of a text that is known to be safe.
func width(s string) int { return ansi.StringWidth(s) }

// printable returns how many bytes at the start of s are printable ASCII.
func printable(s string) int {
	for i := range len(s) {
		if s[i]-' ' >= 0x7f-' ' {
			return i
		}
	}
	return len(s)
}

// fit returns the longest start of s that takes at most w cells and cuts no
// cluster: its length in bytes and its width.
func (s Safe) fit(w int) (n, width int) {
	if s.ascii {
		n = max(0, min(w, len(s.s)))
		return n, n
	}
	for n < len(s.s) {
		cluster, cells := first(s.s[n:])
		if width+cells > w {
			break
		}
		n += len(cluster)
		width += cells
	}
	return n, width
}

// split cuts s at a column between 0 and its width. A wide cluster in the way
// becomes spaces on both sides.
func (s Safe) split(at int) (head, tail Safe) {
	n, w := s.fit(at)
	head = Safe{s: s.s[:n], w: int32(w), ascii: s.ascii}
	tail = Safe{s: s.s[n:], w: s.w - int32(w), ascii: s.ascii}
	if w == at || tail.s == "" {
		return head, tail
	}
	cluster, cells := first(tail.s)
	head = Safe{s: head.s + blank(at-w).s, w: int32(at)}
	tail = Safe{s: blank(w+cells-at).s + tail.s[len(cluster):], w: s.w - int32(at)}
	return head, tail
}

// Repeat returns s as often as it fits into w cells, filled up with spaces to
// exactly w: a rule is Repeat(Lit("─"), w).
func Repeat(s Safe, w int) Safe {
	if w <= 0 {
		return Safe{}
	}
	if s.w == 0 {
		return blank(w)
	}
	n := w / int(s.w)
	rest := blank(w - n*int(s.w))
	return Safe{s: strings.Repeat(s.s, n) + rest.s, w: int32(w), ascii: s.ascii}
}

const blanks = "                                                                " +
	"                                                                " +
	"                                                                " +
	"                                                                "

// blank returns w spaces.
func blank(w int) Safe {
	switch {
	case w <= 0:
		return Safe{}
	case w <= len(blanks):
		return Safe{s: blanks[:w], w: int32(w), ascii: true}
	}
	return Safe{s: strings.Repeat(" ", w), w: int32(w), ascii: true}
}
