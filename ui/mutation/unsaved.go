package mutation

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// UnsavedLines returns the body of the question whether to delete a snapshot although its
// recipe could not be saved.
func UnsavedLines(s *model.Snapshot, err error) []text.Line {
	return []text.Line{
		text.Sprintf("DELETE %s", model.SnapshotPath(s.ID)).As(theme.Text),
		text.Lit("nothing was sent yet").As(theme.Dim), nil,
		Warning(text.Cell(err.Error())),
		Warning(text.Lit("it cannot be restored")),
		Warning(text.Lit("no new sandbox can use it")),
	}
}
