package mutation

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/text"
)

// UnsavedQuestion asks whether to delete a snapshot although its recipe could not be saved.
func UnsavedQuestion(s *model.Snapshot, err error, connection string, do func() tea.Cmd) dialog.Question {
	m := DeleteUnsaved()
	return dialog.Question{
		Title: Title(m, s, connection),
		Lines: []text.Line{
			text.Sprintf("%s %s", m.Method, m.Path(s.ID)).As(theme.Text),
			text.Lit("nothing was sent yet").As(theme.Dim), nil,
			Warning(text.Cell(err.Error())),
			Warning(text.Lit("it cannot be restored")),
			Warning(text.Lit("no new sandbox can use it")),
		},
		Verb: m.Name, Word: word(s), Do: do,
	}
}
