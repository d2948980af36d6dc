package text

import "daytona/snapdeck/theme"

// weaver makes the spans of lines out of pieces. Neighbours of one role become
// one span, and as long as that is a stretch of the raw text, nothing is
// copied.
type weaver struct {
	raw     string
	role    theme.Role  // of what is in no region
	control theme.Role  // of what is shown escaped
	regions []Highlight // those that are not behind us yet

	spans []Span // of all lines: they share one array
	start int    // where the current line starts in it

	cur    Span   // the span that is being made, if it has a width
	from   int    // where cur starts in the raw text
	copied bool   // cur is in buf and not in its text
	buf    []byte // used again and again
}

// add appends a piece. A run of ASCII is divided where regions begin and end.
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

// roleOf returns the role of a piece that is not divided: that of the first
// region which touches it.
func (w *weaver) roleOf(p piece) theme.Role {
	role, end := w.roleAt(p.from)
	if end < p.to && role == w.role {
		role, _ = w.roleAt(end)
	}
	return role
}

// put appends a piece in a role to the current span, or begins one.
func (w *weaver) put(p piece, role theme.Role) {
	text := &w.cur.Text
	if text.w > 0 && w.cur.Role != role {
		w.flush()
	}
	switch {
	case text.w == 0:
		w.cur = Span{Text: Safe{s: p.shown, ascii: true}, Role: role}
		w.from, w.copied = p.from, false
	case !w.copied && p.kind == plain && len(text.s) == p.from-w.from && text.s == w.raw[w.from:p.from]:
		text.s = w.raw[w.from:p.to]
	default:
		if !w.copied {
			w.buf, w.copied = append(w.buf[:0], text.s...), true
		}
		w.buf = append(w.buf, p.shown...)
	}
	text.w += int32(p.width)
	text.ascii = text.ascii && p.ascii
}

// flush ends the current span.
func (w *weaver) flush() {
	if w.cur.Text.w == 0 {
		return
	}
	if w.copied {
		w.cur.Text.s = string(w.buf)
	}
	w.spans = append(w.spans, w.cur)
	w.cur = Span{}
}

// empty reports whether the current line has no text yet.
func (w *weaver) empty() bool { return w.cur.Text.w == 0 && len(w.spans) == w.start }

// take returns the current line and begins the next one.
func (w *weaver) take() Line {
	w.flush()
	line := w.spans[w.start:len(w.spans):len(w.spans)]
	w.start = len(w.spans)
	return line
}
