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
	w := weaver{raw: head, role: role, control: theme.Control, regions: regions}
	for sc := (scanner{raw: head}); ; {
		p, ok := sc.next()
		if !ok {
			break
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
	w := weaver{raw: head, role: role, control: theme.Control, regions: regions}
	w.spans = make(Line, 0, min(n, len(head)/8+1)) // not for millions of empty lines
	for sc := (scanner{raw: head}); ; {
		p, ok := sc.next()
		if !ok {
			break
		}
		if p.kind == newline {
			lines = append(lines, w.take())
			continue
		}
		w.add(p)
	}
	if !w.empty() {
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
	w := weaver{raw: raw} // escapes in the same role: they become one span
	for sc := (scanner{raw: raw}); ; {
		p, ok := sc.next()
		if !ok {
			return w.end(0).Plain()
		}
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
// long as that is a stretch of the raw text, nothing is copied.
type weaver struct {
	raw     string
	role    theme.Role // of what is in no region
	control theme.Role // of what is shown escaped
	regions []Region   // those that are not behind us yet
	spans   Line       // all finished spans: the lines share one array
	start   int        // where the current line starts in it
	cur     strand
}

// strand is the span that is being made.
type strand struct {
	role     theme.Role
	ascii    bool
	width    int
	from, to int    // a stretch of the raw text, as long as there is no copy
	copied   []byte // the text, once it is something else
}

// add appends a piece. A run of ASCII is divided where regions begin and end;
// a cluster is in the first region that touches it.
func (w *weaver) add(p piece) {
	if p.kind == newline || p.kind == escaped {
		w.put(p, w.control)
		return
	}
	for p.kind == plain && p.ascii {
		role, end := w.roleAt(p.from)
		if end >= p.to {
			break
		}
		n := end - p.from
		head := p
		head.to, head.shown, head.width = end, p.shown[:n], n
		w.put(head, role)
		p.from, p.shown, p.width = end, p.shown[n:], p.width-n
	}
	w.put(p, w.roleOf(p))
}

// roleAt returns the role of a byte of the raw text, and where it ends.
func (w *weaver) roleAt(at int) (role theme.Role, end int) {
	for len(w.regions) > 0 && w.regions[0].To <= at {
		w.regions = w.regions[1:]
	}
	switch {
	case len(w.regions) == 0:
		return w.role, len(w.raw)
	case at < w.regions[0].From:
		return w.role, w.regions[0].From
	}
	return w.regions[0].Role, w.regions[0].To
}

// roleOf returns the role of a piece that is not divided.
func (w *weaver) roleOf(p piece) theme.Role {
	role, end := w.roleAt(p.from)
	if end < p.to && role == w.role {
		role, _ = w.roleAt(end)
	}
	return role
}

func (w *weaver) put(p piece, role theme.Role) {
	c := &w.cur
	if c.width > 0 && c.role != role {
		w.flush()
	}
	if c.width == 0 {
		*c = strand{role: role, ascii: true, from: p.from, to: p.from}
	}
	switch {
	case c.copied != nil:
		c.copied = append(c.copied, p.shown...)
	case p.kind == plain && c.to == p.from:
		c.to = p.to
	default:
		c.copied = append(append([]byte{}, w.raw[c.from:c.to]...), p.shown...)
	}
	c.width += p.width
	c.ascii = c.ascii && p.ascii
}

// flush ends the current span.
func (w *weaver) flush() {
	c := &w.cur
	if c.width == 0 {
		return
	}
	s := w.raw[c.from:c.to]
	if c.copied != nil {
		s = string(c.copied)
	}
	w.spans = append(w.spans, Span{Text: Safe{s: s, w: int32(c.width), ascii: c.ascii}, Role: c.role})
	c.width = 0
}

// empty reports whether the current line has no text yet.
func (w *weaver) empty() bool { return w.cur.width == 0 && len(w.spans) == w.start }

// take returns the current line and begins the next one.
func (w *weaver) take() Line {
	w.flush()
	line := w.spans[w.start:len(w.spans):len(w.spans)]
	w.start = len(w.spans)
	return line
}

// end returns the current line, with a notice if bytes were cut off.
func (w *weaver) end(cut int) Line {
	line := w.take()
	if cut > 0 {
		line = append(line, Span{Text: notice(cut), Role: theme.Control})
	}
	return line
}
