package deleted

import (
	"image"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Recipe shows the recipe of a deleted snapshot.
type Recipe struct {
	*pager.Pager
	Of   model.DeletedSnapshot
	view *row.ViewState
	body image.Rectangle
}

// NewRecipe returns the recipe of a deleted snapshot.
func NewRecipe(of model.DeletedSnapshot, view *row.ViewState) *Recipe {
	return &Recipe{Pager: &pager.Pager{}, Of: of, view: view}
}

// Update does nothing: a deleted snapshot does not change.
func (*Recipe) Update() {}

// Press finds no row: it is a text.
func (*Recipe) Press(image.Point) (id string, ok bool) { return "", false }

// Arrange puts the text into the rectangle.
func (r *Recipe) Arrange(body image.Rectangle) {
	width := max(body.Dx()-2, 1)
	if r.body.Dx() != body.Dx() {
		r.SetSource(inspect.Recipe(r.view, r.Of.Snapshot, width))
	}
	r.body = body
	r.SetSize(width, max(body.Dy()-1, 0))
}

// Draw draws the text.
func (r *Recipe) Draw(c *canvas.Canvas) {
	c.Put(r.body, text.Lit(" RECIPE").As(theme.Dim))
	body := r.body
	body.Min = body.Min.Add(image.Pt(1, 1))
	c.Put(body, r.View()...)
}
