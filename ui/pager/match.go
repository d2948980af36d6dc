package pager

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// pattern is what is searched for: a literal text. It is found in any case unless
// it has an upper-case letter itself.
type pattern struct {
	text string
	fold bool // text is in lower case, and so must be what it is compared with
}

func newPattern(literal string) pattern {
	return pattern{text: literal, fold: strings.IndexFunc(literal, unicode.IsUpper) < 0}
}

func (p pattern) isEmpty() bool { return p.text == "" }

// next returns where the pattern is found first in s from a byte on: the bytes
// [from, to), or from < 0.
func (p pattern) next(s string, at int) (from, to int) {
	if !p.fold {
		i := strings.Index(s[at:], p.text)
		if i < 0 {
			return -1, -1
		}
		return at + i, at + i + len(p.text)
	}
	head, _ := utf8.DecodeRuneInString(p.text)
	capital := unicode.ToUpper(head)
	for i := at; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		// Of ASCII only the letter and its capital can begin a match.
		if r == head || r == capital || r >= utf8.RuneSelf {
			if n := p.prefix(s[i:]); n > 0 {
				return i, i + n
			}
		}
		i += size
	}
	return -1, -1
}

// prefix returns how many bytes at the start of s the pattern matches, 0 if it does
// not. A letter may have another length in the other case.
func (p pattern) prefix(s string) int {
	n := 0
	for _, want := range p.text {
		r, size := utf8.DecodeRuneInString(s[n:])
		if size == 0 || r != want && lower(r) != want {
			return 0
		}
		n += size
	}
	return n
}

func lower(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(r)
}

// count returns how many matches there are in s that do not overlap.
func (p pattern) count(s string) int {
	n := 0
	for at := 0; ; n++ {
		from, to := p.next(s, at)
		if from < 0 {
			return n
		}
		at = to
	}
}

// stretch is a part of a line: columns [from, to).
type stretch struct{ from, to int }

// columns returns where on the screen the matches of s are. A match that begins or
// ends within a grapheme cluster has all of it.
func (p pattern) columns(s string) []stretch {
	var found []stretch
	ascii := isPrintableASCII(s)
	r := ruler{s: s}
	for at := 0; ; {
		from, to := p.next(s, at)
		if from < 0 {
			return found
		}
		at = to
		if !ascii {
			from, to = r.floor(from), r.ceil(to)
		}
		found = append(found, stretch{from, to})
	}
}

// ruler turns bytes of a text into columns. It only goes forward.
type ruler struct {
	s       string
	at, col int // the start of a grapheme cluster and its column
}

// floor returns the column where the cluster that holds a byte begins.
func (r *ruler) floor(at int) int {
	for r.at < at {
		n, width := r.cluster()
		if r.at+n > at {
			break
		}
		r.at += n
		r.col += width
	}
	return r.col
}

// ceil returns the column where the clusters that hold the bytes before at end.
func (r *ruler) ceil(at int) int {
	for r.at < at {
		n, width := r.cluster()
		r.at += n
		r.col += width
	}
	return r.col
}

func (r *ruler) cluster() (bytes, width int) {
	cluster, width := ansi.FirstGraphemeCluster(r.s[r.at:], ansi.GraphemeWidth)
	return max(1, len(cluster)), width
}
