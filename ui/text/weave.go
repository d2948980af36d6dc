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

// Region gives the bytes [From, To) of a raw text a role: a token of a
// highlighter, a match.
type Region struct {
	From, To int
	Role     theme.Role
}

// Cell returns raw as one line. Of more than 4 KiB it shows the start and the
// number of bytes that are left.
func Cell(raw string) Safe {
	if len(raw) <= cellLimit {
		return clean(raw)
	}
	return Styled(raw, theme.Text, nil).Plain()
}

// Rewritten reports whether [Cell] shows raw in other characters than its own,
// so that what is on the screen cannot be typed or compared.
func Rewritten(raw string) bool { return Cell(raw).s != raw }

// Styled returns what [Cell] shows as a line in a role. The characters at the
// sorted byte offsets matched are drawn as [theme.Match], escapes as
// [theme.Control].
func Styled(raw string, role theme.Role, matched []int) Line {
	return Painted(raw, role, matches(matched)...)
}

// Painted is [Styled] with regions: they are sorted and do not overlap; what
// is in none of them has the role.
func Painted(raw string, role theme.Role, regions ...Region) Line {
	head, cut := limit(raw, cellLimit)
	w := weaver{raw: head, role: role, regions: regions}
	for sc := (scanner{raw: head}); ; {
		p, ok := sc.next()
		if !ok {
			break
		}
		if p.kind == newline {
			p.kind = escaped
		}
		w.add(p)
	}
	return w.end(cut)
}

// Pane returns raw as lines: line feeds end them, tabs go to stops of 8 cells,
// escapes are drawn as [theme.Control]. A line feed at the end starts no line.
// Regions are as for [Painted]. Of more than 8 MiB it shows the start, and a
// line with the number of bytes that are left.
func Pane(raw string, role theme.Role, regions ...Region) []Line {
	head, cut := limit(raw, paneLimit)
	n := strings.Count(head, "\n") + 1
	lines := make([]Line, 0, n+1)
	w := weaver{raw: head, role: role, regions: regions, line: make(Line, 0, n)}
	for sc := (scanner{raw: head}); ; {
		p, ok := sc.next()
		if !ok {
			break
		}
		if p.kind == newline {
			lines = append(lines, w.take())
			w.from, w.to = p.to, p.to
			continue
		}
		w.add(p)
	}
	if w.pending() {
		lines = append(lines, w.take())
	}
	if cut > 0 {
		lines = append(lines, notice(cut).As(theme.Control))
	}
	return lines
}

// clean is Cell without the limit. Text without anything to escape is taken as
// it is; the others are woven.
func clean(raw string) Safe {
	if printable(raw) == len(raw) {
		return Safe{s: raw, w: int32(len(raw)), ascii: true}
	}
	width := 0
	for sc := (scanner{raw: raw}); ; {
		p, ok := sc.next()
		if !ok {
			return Safe{s: raw, w: int32(width)}
		}
		if p.kind != plain {
			break
		}
		width += p.width
	}
	w := weaver{raw: raw}
	for sc := (scanner{raw: raw}); ; {
		p, ok := sc.next()
		if !ok {
			return w.end(0).Plain()
		}
		p.kind = plain
		w.add(p)
	}
}

// limit cuts raw after n bytes, in front of a rune, and returns what is left
// and how many bytes were cut.
func limit(raw string, n int) (string, int) {
	if len(raw) <= n {
		return raw, 0
	}
	for back := 1; back < utf8.UTFMax; back++ {
		if utf8.RuneStart(raw[n]) {
			break
		}
		n--
	}
	return raw[:n], len(raw) - n
}

func notice(cut int) Safe { return clean(fmt.Sprintf("… <+%d bytes>", cut)) }

// matches makes regions of single bytes.
func matches(offsets []int) []Region {
	if len(offsets) == 0 {
		return nil
	}
	regions := make([]Region, 0, len(offsets))
	for _, at := range offsets {
		if last := len(regions) - 1; last >= 0 && regions[last].To == at {
			regions[last].To++
			continue
		}
		regions = append(regions, Region{From: at, To: at + 1, Role: theme.Match})
	}
	return regions
}

// weaver makes spans of pieces. Neighbours of one role become one span; as
// long as it is a stretch of the raw text, nothing is copied.
type weaver struct {
	raw     string
	role    theme.Role // of what is in no region
	regions []Region   // those that are not behind us yet
	line    Line       // finished spans; lines that were taken share its array
	start   int        // where the current line starts in it

	from, to int    // the current span as a stretch of raw, if buf is nil
	buf      []byte // the current span, where it is not
	cur      theme.Role
	width    int
	ascii    bool
}

func (w *weaver) pending() bool { return w.width > 0 || len(w.line) > w.start }

// add appends a piece; a plain run of ASCII is divided where regions begin and
// end.
func (w *weaver) add(p piece) {
	if p.kind == escaped {
		w.put(p, theme.Control)
		return
	}
	for p.from < p.to {
		role, end := w.roleAt(p.from, p.to)
		part := p
		if p.kind == plain && p.ascii && end < p.to && len(p.shown) == p.to-p.from {
			part.to = end
			part.shown = p.shown[:end-p.from]
			part.width = end - p.from
			p.shown = p.shown[end-p.from:]
		}
		w.put(part, role)
		p.from = part.to
	}
}

// roleAt returns the role of the bytes at from and where it ends at the
// latest. A region that starts within a cluster has all of it.
func (w *weaver) roleAt(from, to int) (theme.Role, int) {
	for len(w.regions) > 0 && w.regions[0].To <= from {
		w.regions = w.regions[1:]
	}
	if len(w.regions) == 0 || w.regions[0].From >= to {
		return w.role, to
	}
	r := w.regions[0]
	if r.From > from {
		return w.role, r.From
	}
	return r.Role, min(r.To, to)
}

func (w *weaver) put(p piece, role theme.Role) {
	if w.width > 0 && w.cur != role {
		w.flush()
	}
	if w.width == 0 {
		w.cur, w.ascii, w.from, w.to = role, true, p.from, p.from
	}
	switch {
	case w.buf == nil && p.kind == plain && w.to == p.from && len(p.shown) == p.to-p.from:
		w.to = p.to
	default:
		if w.buf == nil {
			w.buf = append(make([]byte, 0, w.to-w.from+len(p.shown)), w.raw[w.from:w.to]...)
		}
		w.buf = append(w.buf, p.shown...)
	}
	w.width += p.width
	w.ascii = w.ascii && p.ascii
}

func (w *weaver) flush() {
	if w.width == 0 {
		return
	}
	s := w.raw[w.from:w.to]
	if w.buf != nil {
		s = string(w.buf)
	}
	w.line = append(w.line, Span{Text: Safe{s: s, w: int32(w.width), ascii: w.ascii}, Role: w.cur})
	w.buf, w.width = nil, 0
}

// take returns the current line and begins the next one.
func (w *weaver) take() Line {
	w.flush()
	line := w.line[w.start:len(w.line):len(w.line)]
	w.start = len(w.line)
	return line
}

// end returns the current line, with a notice if bytes were cut off.
func (w *weaver) end(cut int) Line {
	w.flush()
	if cut > 0 {
		w.line = append(w.line, Span{Text: notice(cut), Role: theme.Control})
	}
	return w.take()
}
