package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// firstCluster returns the first grapheme cluster of s and its width in cells, as Bubble
// Tea measures it.
func firstCluster(s string) (cluster string, width int) {
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// width returns the width of a safe text in cells.
func width(s string) int { return ansi.StringWidth(s) }

// printableLen returns the length of the prefix of s that is printable ASCII.
func printableLen(s string) int {
	for i := range len(s) {
		if s[i]-' ' >= 0x7f-' ' {
			return i
		}
	}
	return len(s)
}

// prefixFit returns the longest prefix of s that takes at most w cells and cuts no
// cluster: its length in bytes and its width.
func (s Safe) prefixFit(w int) (n, width int) {
	if s.ascii {
		n = max(0, min(w, len(s.s)))
		return n, n
	}
	for n < len(s.s) {
		cluster, cells := firstCluster(s.s[n:])
		if width+cells > w {
			break
		}
		n += len(cluster)
		width += cells
	}
	return n, width
}

// split cuts s at a column between 0 and its width. A wide cluster across that column
// becomes spaces on both sides.
func (s Safe) split(at int) (head, tail Safe) {
	n, w := s.prefixFit(at)
	head = Safe{s: s.s[:n], w: int32(w), ascii: s.ascii}
	tail = Safe{s: s.s[n:], w: s.w - int32(w), ascii: s.ascii}
	if w == at || tail.s == "" {
		return head, tail
	}
	cluster, cells := firstCluster(tail.s)
	head = Safe{s: head.s + spaces(at-w).s, w: int32(at)}
	tail = Safe{s: spaces(w+cells-at).s + tail.s[len(cluster):], w: s.w - int32(at)}
	return head, tail
}

// Repeat repeats s as often as it fits into w cells and pads with spaces to exactly w: a
// rule is Repeat(Lit("─"), w).
func Repeat(s Safe, w int) Safe {
	if w <= 0 {
		return Safe{}
	}
	if s.w == 0 {
		return spaces(w)
	}
	n := w / int(s.w)
	rest := spaces(w - n*int(s.w))
	return Safe{s: strings.Repeat(s.s, n) + rest.s, w: int32(w), ascii: s.ascii}
}

const spaceRun = "                                                                " +
	"                                                                " +
	"                                                                " +
	"                                                                "

// spaces returns w spaces.
func spaces(w int) Safe {
	switch {
	case w <= 0:
		return Safe{}
	case w <= len(spaceRun):
		return Safe{s: spaceRun[:w], w: int32(w), ascii: true}
	}
	return Safe{s: strings.Repeat(" ", w), w: int32(w), ascii: true}
}
