package text

import (
	"fmt"
	"iter"
	"unicode/utf8"
)

// pieceKind is how a piece of raw text is drawn.
type pieceKind uint8

const (
	plain   pieceKind = iota // unescaped
	tab                      // spaces to the next tab stop
	newline                  // LF or CR LF: a new line in a pane, ↵ in a cell
	escaped                  // as printable ASCII
)

// tabStop is the distance between tab stops in cells.
const tabStop = 8

// carets holds the caret notation of the C0 controls, two bytes each.
const carets = "^@^A^B^C^D^E^F^G^H^I^J^K^L^M^N^O^P^Q^R^S^T^U^V^W^X^Y^Z^[^\\^]^^^_"

// piece is a part of raw text of one kind.
type piece struct {
	kind     pieceKind
	ascii    bool   // shown is printable ASCII
	from, to int    // bytes of the raw text
	shown    string // the text to draw; those bytes if plain
	width    int    // of shown, in cells
}

// scanner splits raw text into pieces.
type scanner struct {
	raw string
	pos int
	col int // column, for tab stops
	// clusterEnd is the end of a grapheme cluster whose rest, from pos on, is escaped
	// rune by rune. Segmentation in the middle of a cluster would find other clusters.
	clusterEnd int
	// validEnd is the end of the valid UTF-8 without ASCII controls at pos.
	// Segmentation must not read beyond it: it would treat the bytes after an invalid
	// lead byte as part of a cluster, even a line feed.
	validEnd int
	// prevPlain reports whether the previous piece is unescaped, so that a mark at pos
	// would combine with it on the screen.
	prevPlain bool
}

// pieces splits raw text into pieces in linear time. Every byte belongs to exactly one, so
// nothing is hidden.
func pieces(raw string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		s := scanner{raw: raw}
		for s.pos < len(raw) {
			p := s.scan(raw[s.pos:])
			p.from = s.pos
			s.pos = p.to
			s.prevPlain = p.kind == plain
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

// scan returns the piece at the start of rest, without its from.
func (s *scanner) scan(rest string) piece {
	if s.pos < s.clusterEnd {
		return s.fragment(rest[:s.clusterEnd-s.pos])
	}
	n := printableLen(rest)
	if n > 0 && n < len(rest) && rest[n] >= utf8.RuneSelf {
		n-- // a mark that combines with it may follow
	}
	switch {
	case n > 0:
		return piece{ascii: true, to: s.pos + n, shown: rest[:n], width: n}
	case isControl(rest[0]):
		return s.control(rest)
	}
	if s.pos >= s.validEnd {
		s.validEnd = s.pos + validLen(rest)
	}
	if s.pos == s.validEnd {
		return s.escapedPiece(1, fmt.Sprintf(`\x%02x`, rest[0]))
	}
	return s.cluster(rest[:s.validEnd-s.pos])
}

func isControl(b byte) bool { return b < ' ' || b == 0x7f }

// validLen returns the length of the prefix of s that is valid UTF-8 without ASCII
// controls.
func validLen(s string) (n int) {
	for n < len(s) && !isControl(s[n]) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// control returns the piece of a control character at the start of rest.
func (s *scanner) control(rest string) piece {
	switch b := rest[0]; {
	case b == '\n':
		return s.lineFeed(1)
	case b == '\r' && len(rest) > 1 && rest[1] == '\n':
		return s.lineFeed(2)
	case b == '\t':
		n := tabStop - s.col%tabStop
		return piece{kind: tab, ascii: true, to: s.pos + 1, shown: spaceRun[:n], width: n}
	case b == 0x7f:
		return s.escapedPiece(1, "^?")
	default:
		return s.escapedPiece(1, carets[2*b:2*b+2])
	}
}

func (s *scanner) lineFeed(bytes int) piece {
	const shown = "↵"
	_, width := firstCluster(shown)
	return piece{kind: newline, to: s.pos + bytes, shown: shown, width: width}
}

// cluster returns the piece of a grapheme cluster at the start of rest, up to where it has
// to be escaped.
func (s *scanner) cluster(rest string) piece {
	cluster, width := firstCluster(rest)
	n := drawableLen(cluster, !s.prevPlain)
	if n < len(cluster) {
		s.clusterEnd = s.pos + len(cluster)
		_, width = firstCluster(cluster[:n])
	}
	if width == 0 {
		s.clusterEnd = s.pos + len(cluster)
		return s.fragment(cluster)
	}
	return piece{ascii: n == 1, to: s.pos + n, shown: cluster[:n], width: width}
}

// fragment returns the next piece of a cluster that is escaped: the number of marks that
// follow other marks, else the code of a rune.
func (s *scanner) fragment(rest string) piece {
	if n, count := countMarks(rest); count > 1 && endsInMark(s.raw[:s.pos]) {
		return s.escapedPiece(n, fmt.Sprintf("<+%d marks>", count))
	}
	r, size := utf8.DecodeRuneInString(rest)
	if r < utf8.RuneSelf {
		return piece{ascii: true, to: s.pos + 1, shown: rest[:1], width: 1}
	}
	return s.escapedPiece(size, fmt.Sprintf("<U+%04X>", r))
}

// escapedPiece returns a piece that draws some bytes as printable ASCII.
func (s *scanner) escapedPiece(bytes int, shown string) piece {
	return piece{kind: escaped, ascii: true, to: s.pos + bytes, shown: shown, width: len(shown)}
}
