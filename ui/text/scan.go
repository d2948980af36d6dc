package text

import (
	"fmt"
	"iter"
	"unicode/utf8"
)

// kind says how a piece of raw text is shown.
type kind uint8

const (
	plain   kind = iota // as it is
	tab                 // spaces to the tab stop
	newline             // LF or CR LF: a new line in a pane, ↵ in a cell
	escaped             // in other characters
)

// tabStop is the distance of tab stops in cells.
const tabStop = 8

// carets holds how C0 controls are shown, two bytes each.
const carets = "^@^A^B^C^D^E^F^G^H^I^J^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z^[^\\^]^^^_"

// piece is a part of raw text that is shown in one way.
type piece struct {
	kind     kind
	ascii    bool   // shown is printable ASCII
	from, to int    // bytes of the raw text
	shown    string // what is drawn for them; of a plain piece the bytes themselves
	width    int    // cells of shown
}

// scanner is where pieces has got to.
type scanner struct {
	raw string
	pos int
	col int // cells since the last line feed, for tab stops
	// broken is the end of a grapheme cluster that is not drawn from pos on. Up
	// to there a rune is a piece: segmentation would start anew in the middle of
	// the cluster, and find other ones.
	broken int
	// valid is the end of a stretch of valid UTF-8 without ASCII controls, as far
	// as it has been looked at. Segmentation must not see beyond: it takes the
	// bytes after a broken lead byte for its own, a line feed too.
	valid int
	// joined says that the piece in front was drawn as it is: what follows it
	// follows it on the screen too.
	joined bool
}

// pieces splits raw text into pieces. Every byte belongs to exactly one, so
// nothing can be hidden; the work is linear in the length of the text.
func pieces(raw string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		s := scanner{raw: raw}
		for s.pos < len(raw) {
			p := s.scan(raw[s.pos:])
			p.from = s.pos
			s.pos = p.to
			s.joined = p.kind == plain
			s.col += p.width
			if p.kind == newline {
				s.col = 0
			}
			if !yield(p) {
				return
			}
		}
	}
}

// scan returns the piece at the start of rest, but for where it is from.
func (s *scanner) scan(rest string) piece {
	if s.pos < s.broken {
		return s.fragment(rest[:s.broken-s.pos])
	}
	n := printable(rest)
	if n > 0 && n < len(rest) && rest[n] >= utf8.RuneSelf {
		n-- // a mark may follow, and combine with it
	}
	switch {
	case n > 0:
		return piece{ascii: true, to: s.pos + n, shown: rest[:n], width: n}
	case isControl(rest[0]):
		return s.control(rest)
	}
	if s.pos >= s.valid {
		s.valid = s.pos + valid(rest)
	}
	if s.pos == s.valid {
		return s.escape(1, fmt.Sprintf(`\x%02x`, rest[0]))
	}
	return s.cluster(rest[:s.valid-s.pos])
}

func isControl(b byte) bool { return b < ' ' || b == 0x7f }

// valid returns the length of the valid UTF-8 without ASCII controls at the
// start of s.
func valid(s string) (n int) {
	for n < len(s) && !isControl(s[n]) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// control shows what a control character at the start of rest is.
func (s *scanner) control(rest string) piece {
	switch b := rest[0]; {
	case b == '\n':
		return s.lineFeed(1)
	case b == '\r' && len(rest) > 1 && rest[1] == '\n':
		return s.lineFeed(2)
	case b == '\t':
		n := tabStop - s.col%tabStop
		return piece{kind: tab, ascii: true, to: s.pos + 1, shown: blanks[:n], width: n}
	case b == 0x7f:
		return s.escape(1, "^?")
	default:
		return s.escape(1, carets[2*b:2*b+2])
	}
}

func (s *scanner) lineFeed(bytes int) piece {
	const shown = "↵"
	_, width := first(shown)
	return piece{kind: newline, to: s.pos + bytes, shown: shown, width: width}
}

// cluster draws as much of a grapheme cluster as is harmless. The rest of it
// follows rune by rune.
func (s *scanner) cluster(rest string) piece {
	cluster, width := first(rest)
	n := harmless(cluster, !s.joined)
	if n < len(cluster) {
		s.broken = s.pos + len(cluster)
		_, width = first(cluster[:n])
	}
	if width == 0 {
		s.broken = s.pos + len(cluster)
		return s.fragment(cluster)
	}
	return piece{ascii: n == 1, to: s.pos + n, shown: cluster[:n], width: width}
}

// fragment shows the start of a broken cluster: a mark that follows marks with
// all its kind as their number, anything else as its code.
func (s *scanner) fragment(rest string) piece {
	if n, count := marks(rest); count > 1 && endsInMark(s.raw[:s.pos]) {
		return s.escape(n, fmt.Sprintf("<+%d marks>", count))
	}
	r, size := utf8.DecodeRuneInString(rest)
	if r < utf8.RuneSelf {
		return piece{ascii: true, to: s.pos + 1, shown: rest[:1], width: 1}
	}
	return s.escape(size, fmt.Sprintf("<U+%04X>", r))
}

// escape shows some bytes as printable ASCII.
func (s *scanner) escape(bytes int, shown string) piece {
	return piece{kind: escaped, ascii: true, to: s.pos + bytes, shown: shown, width: len(shown)}
}
