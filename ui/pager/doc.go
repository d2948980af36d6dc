// Package pager scrolls through text: files, logs, JSON, errors.
//
// A [Pager] asks a [Source] for visible lines only. A Dockerfile of two megabytes opens
// at once, and a log may grow without limit, since a frame costs what is visible.
//
// Without wrapping, a line is one row of the screen. With wrapping it is several, and
// how many is only known once it is wrapped, so the pager has no row numbers. A
// position is a line and a row within it. The pager moves from row to row: down from
// the top to draw, up from the end to find the start of the last page. Both walks are
// at most as long as the screen is high.
//
// A search reads each line once. It stores which lines match and how many matches
// precede them, which is enough to show "3 of 17", to go to the next match at once, and
// to search only the new lines of a log.
//
// The zero Pager is ready to use:
//
//	var p pager.Pager
//	p.SetSize(80, 24)
//	p.SetSource(pager.NewText(dockerfile, nil))
//	p.Search("from")
//	lines := p.View()
package pager
