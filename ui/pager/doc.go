// Package pager shows lines that are more than fit: files, logs, JSON, errors.
//
// A [Pager] asks a [Source] for the lines it draws and for no others. A Dockerfile
// of two megabytes opens at once, because nothing of it is read but its length, and
// a log may grow without end, because a frame costs what is on it.
//
// Without wrapping a line is one row of the screen and its place is its number.
// With wrapping it is several, and how many is not known before it was wrapped. So
// there is no count of rows and no row number. A place is a line and a row within
// it, and the pager walks from place to place: down from the top to draw, up from
// the end to find out where the last page begins. Both walks are as long as the
// screen is high.
//
// A search looks at every line once, and remembers only which lines match and how
// many matches come before them. That is enough to say "3 of 17", to go on and back
// in no time, and to search just the new lines when a log has grown.
//
// The zero Pager is ready to use:
//
//	var p pager.Pager
//	p.SetSize(80, 24)
//	p.SetSource(pager.NewText(dockerfile, nil))
//	p.Search("from")
//	lines := p.View()
package pager
