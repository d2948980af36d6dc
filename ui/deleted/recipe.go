package deleted

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/row"
)

// Recipe is a screen with the recipe of a deleted snapshot.
type Recipe struct {
	*inspect.Screen
	of model.DeletedSnapshot
}

// NewRecipe returns the recipe of a deleted snapshot.
func NewRecipe(of model.DeletedSnapshot, view *row.ViewState) *Recipe {
	return &Recipe{Screen: inspect.NewRecipe(view, of.Snapshot), of: of}
}
