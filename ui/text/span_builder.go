package text

import "daytona/snapdeck/theme"

// spanBuilder builds the spans of lines from pieces. Neighbouring pieces of one role
// become one span, whose text is a slice of the raw text if no piece needs escapes.
type spanBuilder struct {
	raw        string
	role       theme.Role  // of text without a highlight
	control    theme.Role  // of escapes
	highlights []Highlight // the remaining ones

	spans []Span // of all lines, in one array
	start int    // of the current line in spans

	current Span   // the unfinished span; none if its width is 0
	from    int    // of current in the raw text
	copied  bool   // the text of current is in buf
	buf     []byte // reused
}

// add appends a piece. It splits runs of ASCII where highlights start and end.
func (b *spanBuilder) add(p piece) {
	if p.kind == newline || p.kind == escaped {
		b.append(p, b.control)
		return
	}
	for p.kind == plain && p.ascii {
		role, end := b.roleAt(p.from)
		if end >= p.to {
			break
		}
		n := end - p.from
		first := p
		first.to, first.shown, first.width = end, p.shown[:n], n
		b.append(first, role)
		p.from, p.shown, p.width = end, p.shown[n:], p.width-n
	}
	b.append(p, b.roleOf(p))
}

// roleAt returns the role of a byte of the raw text, and the offset where that role ends.
func (b *spanBuilder) roleAt(at int) (role theme.Role, end int) {
	for len(b.highlights) > 0 && b.highlights[0].To <= at {
		b.highlights = b.highlights[1:]
	}
	switch {
	case len(b.highlights) == 0:
		return b.role, len(b.raw)
	case at < b.highlights[0].From:
		return b.role, b.highlights[0].From
	}
	return b.highlights[0].Role, b.highlights[0].To
}

// roleOf returns the role of a piece that is not split: that of the first highlight which
// overlaps it.
func (b *spanBuilder) roleOf(p piece) theme.Role {
	role, end := b.roleAt(p.from)
	if end < p.to && role == b.role {
		role, _ = b.roleAt(end)
	}
	return role
}

// append appends a piece to the current span, or starts a new one if the role differs.
func (b *spanBuilder) append(p piece, role theme.Role) {
	text := &b.current.Text
	if text.w > 0 && b.current.Role != role {
		b.flush()
	}
	switch {
	case text.w == 0:
		b.current = Span{Text: Safe{s: p.shown, ascii: true}, Role: role}
		b.from, b.copied = p.from, false
	case !b.copied && p.kind == plain && len(text.s) == p.from-b.from && text.s == b.raw[b.from:p.from]:
		text.s = b.raw[b.from:p.to]
	default:
		if !b.copied {
			b.buf, b.copied = append(b.buf[:0], text.s...), true
		}
		b.buf = append(b.buf, p.shown...)
	}
	text.w += int32(p.width)
	text.ascii = text.ascii && p.ascii
}

// flush appends the current span to spans.
func (b *spanBuilder) flush() {
	if b.current.Text.w == 0 {
		return
	}
	if b.copied {
		b.current.Text.s = string(b.buf)
	}
	b.spans = append(b.spans, b.current)
	b.current = Span{}
}

// empty reports whether the current line is empty.
func (b *spanBuilder) empty() bool { return b.current.Text.w == 0 && len(b.spans) == b.start }

// nextLine returns the current line and starts the next one.
func (b *spanBuilder) nextLine() Line {
	b.flush()
	line := b.spans[b.start:len(b.spans):len(b.spans)]
	b.start = len(b.spans)
	return line
}
