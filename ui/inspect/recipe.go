package inspect

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// recipe returns the properties and the Dockerfile of a deleted snapshot.
func recipe(v *row.ViewState, s *model.Snapshot, width int) pager.Source {
	p := &page{Input: Input{View: v, Snapshot: s, Width: width}}
	p.field(text.Lit("name"), plainText(s.Name))
	p.identityRows()
	p.gap()
	p.field(text.Lit("created"), p.time(s.CreatedAt))
	p.field(text.Lit("last used"), p.lastUsed())
	return p.withDockerfile(NewRenderer())
}
