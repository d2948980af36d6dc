package pager

import "daytona/snapdeck/ui/text"

// Source is where lines come from. It may grow at its end; see [Pager.SourceGrew].
type Source interface {
	// Len returns the number of lines.
	Len() int
	// Line returns line i, from 0. It is called for lines that are on the screen,
	// and for all lines by a search if the source is no [PlainSource].
	Line(i int) text.Line
}

// PlainSource is a [Source] that knows what a line says without drawing it. A search
// in it costs no highlighting.
type PlainSource interface {
	Source
	// Plain returns what Line(i).String() would.
	Plain(i int) string
}

// Lines is a [Source] of lines that exist already.
type Lines []text.Line

// Len returns the number of lines.
func (l Lines) Len() int { return len(l) }

// Line returns line i.
func (l Lines) Line(i int) text.Line { return l[i] }

// plain returns what line i of a source says.
func plain(src Source, i int) string {
	if p, ok := src.(PlainSource); ok {
		return p.Plain(i)
	}
	return src.Line(i).String()
}
