package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Glyphs is the set of characters on the screen.
type Glyphs uint8

// The glyph sets. The program uses Unicode glyphs; [Theme.fold] replaces them when a
// frame is painted, cell by cell, so that the layout does not depend on the glyph set.
const (
	Unicode Glyphs = iota // unchanged
	ASCII                 // printable ASCII only
	Plain                 // without the rules and glyphs of the program, for screen readers
)

// Plain reports whether the theme is for screen readers, which need words instead of glyphs.
func (t Theme) Plain() bool { return t.glyphs == Plain }

// FoldAs is Fold for a text with a role. With [Plain] it replaces the rules and glyphs of the
// program with spaces, but not those in other texts.
func (t Theme) FoldAs(s string, role Role) string {
	if t.glyphs != Plain {
		return t.fold(s)
	}
	if role == Text || role == Title || role == Control || role == Match || role >= Keyword {
		return s
	}
	if role == Accent && s == "●" {
		return "*" // the mark of a row, which no word repeats
	}
	if rest, armed := strings.CutPrefix(s, "● "); armed && role == Key {
		return "* " + rest // the question accepts an answer, which no word repeats
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(decoration, r) {
			return ' '
		}
		return r
	}, s)
}

// decoration are the rules, and the glyphs that repeat a word.
const decoration = "✗◐⊙⇣◌✓○−●•☾⚠◆▌▐█▲▼─━│┃╭╮╰╯├┤┬┴┼┌┐└┘"

// fold returns s in the glyph set of the theme, in as many cells as s. With [ASCII] each
// glyph of the program becomes an ASCII character, and other text that is not ASCII a
// question mark for each cell.
func (t Theme) fold(s string) string {
	if t.glyphs != ASCII || isASCII(s) {
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
		replacement, ok := asciiGlyphs[cluster]
		if !ok {
			replacement = '?'
		}
		for range width {
			b.WriteByte(replacement)
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

// asciiGlyphs maps the glyphs of the program to ASCII characters. Those of the states must
// differ from each other and from separators: x * & v : + o -
var asciiGlyphs = map[string]byte{
	"✗": 'x', "◐": '*', "⊙": '&', "⇣": 'v', "◌": ':', "✓": '+', "○": 'o', "−": '-',
	"●": '@', "☾": '(', "⧉": '=', "⚠": '!', "◆": '#', "▌": '>', "▐": '|', "█": '_', "▸": '>', "▾": 'v',
	"▲": '^', "▼": 'v', "↑": '^', "↓": 'v', "←": '<', "→": '>', "↵": '$',
	"─": '-', "━": '=', "│": '|', "┃": '|', "╭": '+', "╮": '+', "╰": '+', "╯": '+',
	"├": '+', "┤": '+', "┬": '+', "┴": '+', "┼": '+', "┌": '+', "┐": '+', "└": '+', "┘": '+',
	"…": '~', "·": '.', "•": '*', "–": '-', "—": '-', "×": 'x', "≈": '~', "≤": '<', "≥": '>',
	"“": '"', "”": '"', "‘": '\'', "’": '\'', "«": '<', "»": '>',
}
