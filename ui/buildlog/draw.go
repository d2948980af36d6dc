package buildlog

import (
	"image"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/text"
)

// Arrange lays the log out in a rectangle, under a line with its name.
func (l *Log) Arrange(r image.Rectangle) { l.pager.SetSize(max(r.Dx()-2, 1), max(r.Dy()-1, 0)) }

// Draw puts the log into the rectangle of [Log.Arrange], with the name of its snapshot and the
// state, nil if it is not known.
func (l *Log) Draw(c *canvas.Canvas, r image.Rectangle, name string, state text.Line) {
	head, body := r, r
	head.Max.Y = head.Min.Y + 1
	title := text.Join(text.Lit(" ").As(theme.Dim), text.Styled(name, theme.Title, nil), text.Lit("  build log").As(theme.Dim))
	if state != nil {
		title = text.Join(title, text.Lit("  ").As(theme.Dim), state)
	}
	note := l.Note()
	switch {
	case l.received == 0:
		note = nil // in the middle
	case !l.ended && !l.pager.Following():
		note = text.Join(note, text.Lit(" · not following").As(theme.Dim))
	}
	c.Put(head, text.Justify(title, note.Cut(head.Dx()*3/5, text.CutEnd), head.Dx()))
	body.Min.Y++
	c.Put(body)
	if l.received == 0 {
		c.Centre(body, l.Note())
		return
	}
	body.Min.X++
	c.Put(body, l.pager.View()...)
}
