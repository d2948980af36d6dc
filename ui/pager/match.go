package pager

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// pattern is the literal text of a search. It matches any case unless it contains an
// upper-case letter.
type pattern struct {
	text string
	fold bool // ignore case; text is in lower case
}

func newPattern(literal string) pattern {
	return pattern{text: literal, fold: strings.IndexFunc(literal, unicode.IsUpper) < 0}
}

func (p pattern) isEmpty() bool { return p.text == "" }

// find returns the bytes [from, to) of the first match in s at or after the byte at, or
// from < 0.
func (p pattern) find(s string, at int) (from, to int) {
	if !p.fold {
		i := strings.Index(s[at:], p.text)
		if i < 0 {
			return -1, -1
		}
		return at + i, at + i + len(p.text)
	}
	first, _ := utf8.DecodeRuneInString(p.text)
	upper := unicode.ToUpper(first)
	for i := at; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		// Only non-ASCII letters can start a match in yet another form.
		if r == first || r == upper || r >= utf8.RuneSelf {
			if n := p.prefixLen(s[i:]); n > 0 {
				return i, i + n
			}
		}
		i += size
	}
	return -1, -1
}

// prefixLen returns the length in bytes of the match at the start of s, 0 if there is
// none. It may differ from that of the pattern, since some letters have other lengths
// in the other case.
func (p pattern) prefixLen(s string) int {
	n := 0
	for _, want := range p.text {
		r, size := utf8.DecodeRuneInString(s[n:])
		if size == 0 || r != want && toLower(r) != want {
			return 0
		}
		n += size
	}
	return n
}

func toLower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

// count returns the number of matches in s that do not overlap.
func (p pattern) count(s string) int {
	n := 0
	for at := 0; ; n++ {
		from, to := p.find(s, at)
		if from < 0 {
			return n
		}
		at = to
	}
}

// columnRange is the columns [from, to) of a line.
type columnRange struct{ from, to int }

// columns returns the columns of the matches in s. A match that starts or ends within a
// grapheme cluster covers the whole cluster.
func (p pattern) columns(s string) []columnRange {
	var found []columnRange
	ascii := isPrintableASCII(s)
	r := columnScanner{s: s}
	for at := 0; ; {
		from, to := p.find(s, at)
		if from < 0 {
			return found
		}
		at = to
		if !ascii {
			from, to = r.startOf(from), r.endOf(to)
		}
		found = append(found, columnRange{from, to})
	}
}

// columnScanner converts ascending byte offsets of a text to columns.
type columnScanner struct {
	s       string
	at, col int // offset of a grapheme cluster, and its column
}

// startOf returns the first column of the cluster that contains the byte at.
func (c *columnScanner) startOf(at int) int {
	for c.at < at {
		n, width := c.cluster()
		if c.at+n > at {
			break
		}
		c.at += n
		c.col += width
	}
	return c.col
}

// endOf returns the column after the clusters of the bytes before at.
func (c *columnScanner) endOf(at int) int {
	for c.at < at {
		n, width := c.cluster()
		c.at += n
		c.col += width
	}
	return c.col
}

func (c *columnScanner) cluster() (bytes, width int) {
	cluster, width := ansi.FirstGraphemeCluster(c.s[c.at:], ansi.GraphemeWidth)
	return max(1, len(cluster)), width
}
