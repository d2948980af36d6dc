package inspect

import (
	"image"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Screen shows a text in place of the table.
type Screen struct {
	*pager.Pager
	title   text.Safe
	render  func(width int) pager.Source
	changed func() bool // whether to render again; nil for never

	body     image.Rectangle
	rendered bool
}

// NewRecipe returns a screen with a deleted snapshot.
func NewRecipe(v *row.ViewState, s *model.Snapshot) *Screen {
	return &Screen{Pager: &pager.Pager{}, title: text.Lit("RECIPE"), render: func(width int) pager.Source { return recipe(v, s, width) }}
}

// Screen returns a screen with the comparison. It compares again when a snapshot has changed.
func (c *Comparison) Screen(v *row.ViewState) *Screen {
	return &Screen{
		Pager: &pager.Pager{}, title: text.Lit("COMPARISON"),
		render:  func(int) pager.Source { return pager.Lines(c.lines(v)) },
		changed: func() bool { return c.Update(v.Data.Store) },
	}
}

// Text returns the pager, which can be searched.
func (s *Screen) Text() *pager.Pager { return s.Pager }

// Update renders the text again if it has changed.
func (s *Screen) Update() {
	if s.changed != nil && s.changed() {
		s.rendered = false
	}
}

// Press finds no row, because a text has none.
func (*Screen) Press(image.Point) (id string, ok bool) { return "", false }

// Arrange puts the text into the rectangle.
func (s *Screen) Arrange(body image.Rectangle) {
	width := max(body.Dx()-2, 1)
	if !s.rendered || body.Dx() != s.body.Dx() {
		s.SetSource(s.render(width))
	}
	s.body, s.rendered = body, true
	s.SetSize(width, max(body.Dy()-1, 0))
}

// Draw draws the text where [Screen.Arrange] put it.
func (s *Screen) Draw(c *canvas.Canvas) {
	c.Put(s.body, text.Sprintf(" %s", s.title).As(theme.Dim))
	body := s.body
	body.Min = body.Min.Add(image.Pt(1, 1))
	c.Put(body, s.View()...)
}
