package pager

import "daytona/snapdeck/ui/text"

// Source provides lines. It may grow at its end; see [Pager.SourceGrew].
type Source interface {
	// Len returns the number of lines.
	Len() int
	// Line returns line i, counted from 0. The pager calls it for visible lines, and a
	// search for all lines unless the source is a [PlainSource].
	Line(i int) text.Line
}

// PlainSource is a [Source] that can be searched without highlighting its lines.
type PlainSource interface {
	Source
	// Plain returns the same as Line(i).String().
	Plain(i int) string
}

// Lines is a [Source] of a slice of lines.
type Lines []text.Line

// Len returns the number of lines.
func (l Lines) Len() int { return len(l) }

// Line returns line i.
func (l Lines) Line(i int) text.Line { return l[i] }

// plainLine returns the text of line i of a source.
func plainLine(src Source, i int) string {
	if p, ok := src.(PlainSource); ok {
		return p.Plain(i)
	}
	return src.Line(i).String()
}
