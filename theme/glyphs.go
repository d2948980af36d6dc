package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Glyphs is the set of characters that the screen is drawn with.
type Glyphs uint8

// The glyph sets. The program is written in Unicode glyphs; ASCII is made of
// them by [Theme.Fold] at the moment of painting, cell by cell, so that no
// layout depends on the choice.
const (
	Unicode Glyphs = iota // as written
	ASCII                 // nothing but printable ASCII reaches the terminal
)

// Fold returns s in the theme's glyph set, in as many cells as before. With
// [Unicode] that is s itself. With [ASCII] each of the program's own glyphs
// becomes the ASCII character that stands for it, and whatever else is not
// ASCII a question mark a cell.
func (t Theme) Fold(s string) string {
	if t.glyphs == Unicode || isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		cluster, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if isASCII(cluster) {
			b.WriteString(cluster)
			continue
		}
		as, ours := ascii[cluster]
		if !ours {
			as = '?'
		}
		for range width {
			b.WriteByte(as)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// ascii holds the program's glyphs and what stands for them. Those that tell
// states apart must stay different from each other, and from what separates:
// x * & v : + o -
var ascii = map[string]byte{
	"✗": 'x', "◐": '*', "◑": '&', "⇣": 'v', "◌": ':', "✓": '+', "○": 'o', "−": '-',
	"●": '@', "☾": '(', "⚠": '!', "◆": '#', "▌": '>', "█": '_', "▸": '>', "▾": 'v',
	"▲": '^', "▼": 'v', "↑": '^', "↓": 'v', "←": '<', "→": '>', "↵": '$',
	"─": '-', "━": '=', "│": '|', "┃": '|', "╭": '+', "╮": '+', "╰": '+', "╯": '+',
	"├": '+', "┤": '+', "┬": '+', "┴": '+', "┼": '+', "┌": '+', "┐": '+', "└": '+', "┘": '+',
	"…": '~', "·": '.', "•": '*', "–": '-', "—": '-', "×": 'x', "≈": '~', "≤": '<', "≥": '>',
	"“": '"', "”": '"', "‘": '\'', "’": '\'', "«": '<', "»": '>',
}
