package text

import (
	"fmt"
	"unicode/utf8"
)

// kind says how a piece of raw text is shown.
type kind uint8

const (
	plain   kind = iota // as it is
	tab                 // spaces to the tab stop
	newline             // LF or CR LF: the caller decides
	escaped             // in other characters
)

// tabStop is the distance of tab stops in cells.
const tabStop = 8

// piece is a part of raw text that is shown in one way.
type piece struct {
	kind     kind
	from, to int    // bytes of the raw text
	shown    string // what is drawn for them; of a plain piece the bytes themselves
	width    int    // cells of shown
	ascii    bool   // shown is printable ASCII
}

// scanner splits raw text into pieces. Every byte belongs to exactly one, so
// nothing can be hidden; the work is linear in the length of the text.
type scanner struct {
	raw string
	pos int
	col int // cells since the last line feed, for tab stops
	// bad is the end of a cluster whose start was kept and whose rest must be
	// shown rune by rune; 0 if there is none.
	bad int
}

// next returns the next piece, or false at the end.
func (s *scanner) next() (piece, bool) {
	if s.pos >= len(s.raw) {
		return piece{}, false
	}
	p := s.scan()
	p.from = s.pos
	s.pos = p.to
	if p.kind == newline {
		s.col = 0
	} else {
		s.col += p.width
	}
	return p, true
}

func (s *scanner) scan() piece {
	if s.pos < s.bad {
		return s.broken()
	}
	rest := s.raw[s.pos:]
	if n := s.ascii(rest); n > 0 {
		return piece{to: s.pos + n, shown: rest[:n], width: n, ascii: true}
	}
	if rest[0] < utf8.RuneSelf {
		return s.control(rest)
	}
	return s.cluster(rest)
}

// ascii returns the length of the printable ASCII at the start of s, without
// the last one before a character that may combine with it.
func (*scanner) ascii(s string) int {
	n := printable(s)
	if n > 0 && n < len(s) && s[n] >= utf8.RuneSelf {
		if n > 1 {
			return n - 1
		}
		return 0
	}
	return n
}

// control handles what starts with ASCII and is not a run of it: a control,
// or a character with marks.
func (s *scanner) control(rest string) piece {
	b := rest[0]
	switch {
	case b == '\n':
		return piece{kind: newline, to: s.pos + 1, shown: "↵", width: newlineWidth()}
	case b == '\r' && len(rest) > 1 && rest[1] == '\n':
		return piece{kind: newline, to: s.pos + 2, shown: "↵", width: newlineWidth()}
	case b == '\t':
		n := tabStop - s.col%tabStop
		return piece{kind: tab, to: s.pos + 1, shown: blanks[:n], width: n, ascii: true}
	case b < ' ' || b == 0x7f:
		return piece{kind: escaped, to: s.pos + 1, shown: "^" + string(rune(b^0x40)), width: 2, ascii: true}
	}
	return s.cluster(rest)
}

func newlineWidth() int { _, w := first("↵"); return w }

// cluster shows as much of a grapheme cluster as is harmless. The rest of it
// follows rune by rune.
func (s *scanner) cluster(rest string) piece {
	cluster, width := first(rest)
	end := s.pos + len(cluster)
	n := harmless(cluster)
	if n > 0 && n < len(cluster) {
		_, width = first(cluster[:n])
	}
	if n == 0 || width == 0 {
		s.bad = end
		return s.broken()
	}
	if n < len(cluster) {
		s.bad = end
	}
	return piece{to: s.pos + n, shown: cluster[:n], width: width}
}

// broken shows what must not be drawn: runs of marks as their number, where
// they follow marks that are drawn, anything else as its code.
func (s *scanner) broken() piece {
	rest := s.raw[s.pos:s.bad]
	if n := marks(rest); n > 0 && s.pos > 0 && endsInMark(s.raw[:s.pos]) {
		return code(s.pos+n, fmt.Sprintf("<+%d marks>", utf8.RuneCountInString(rest[:n])))
	}
	r, size := utf8.DecodeRuneInString(rest)
	if r == utf8.RuneError && size <= 1 {
		return code(s.pos+1, fmt.Sprintf(`\x%02x`, rest[0]))
	}
	if r < utf8.RuneSelf && printable(rest[:1]) == 1 {
		return piece{to: s.pos + 1, shown: rest[:1], width: 1, ascii: true}
	}
	return code(s.pos+size, fmt.Sprintf("<U+%04X>", r))
}

func code(to int, shown string) piece {
	return piece{kind: escaped, to: to, shown: shown, width: len(shown), ascii: true}
}
