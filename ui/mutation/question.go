package mutation

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxNames limits how many snapshots a confirmation names.
const maxNames = 30

// maxRunning bounds how many running actions a question names.
const maxRunning = 8

// Title returns the title of the confirmation for one snapshot. connection
// names the organization and the server.
func Title(m *Mutation, s *model.Snapshot, connection string) text.Line {
	return text.Join(
		text.Sprintf("%s ", capital(m.Name)).As(theme.Title), text.Styled(s.Name, theme.Title, nil),
		text.Sprintf("  %s  in %s", s.ShortID(), connection).As(theme.Dim))
}

// Lines returns the body of the confirmation for one snapshot: the request and the impact.
func (m *Mutation) Lines(v *row.ViewState, s *model.Snapshot) []text.Line {
	return append([]text.Line{text.Sprintf("%s %s", m.Method, m.Path(s.ID)).As(theme.Text)}, m.Impact(v, s)...)
}

// BulkTitle returns the title of a bulk action on n snapshots.
func BulkTitle(m *Mutation, n int) text.Safe {
	return text.Sprintf("%s %s", capital(m.Name), format.Plural(n, "snapshot"))
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// QuitLines returns the body of the question whether to quit while actions are running.
func QuitLines(running []*row.Pending, now time.Time) []text.Line {
	note := text.Lit("The server continues. snapdeck asks for the result at the next start.")
	saved := ""
	var lines []text.Line
	for _, op := range running {
		switch {
		case !op.Saved():
		case saved == "" || saved == op.Action:
			saved = op.Action
			note = text.Sprintf("The %s is interrupted. Its recipe is saved: snapdeck recover resumes it.", saved)
		default:
			saved = "actions"
			note = text.Lit("The actions are interrupted. Their recipes are saved: snapdeck recover resumes them.")
		}
		if len(lines) < maxRunning {
			lines = append(lines, text.Sprintf("%s · %s", op.Name, op.Progress(now)).As(theme.Text))
		}
	}
	if more := len(running) - maxRunning; more > 0 {
		lines = append(lines, text.Sprintf("and %d more", more).As(theme.Dim))
	}
	return append([]text.Line{note.As(theme.Dim), nil}, lines...)
}

// CountHidden returns how many of the snapshots are not among the rows.
func CountHidden(rows, some []*model.Snapshot) int {
	hidden := make(map[string]bool, len(some))
	for _, s := range some {
		hidden[s.ID] = true
	}
	for _, s := range rows {
		delete(hidden, s.ID)
	}
	return len(hidden)
}

// UnsavedQuestion asks whether to delete a snapshot although its recipe could not be saved.
func UnsavedQuestion(s *model.Snapshot, err error, connection string, do func() tea.Cmd) dialog.Question {
	m := DeleteUnsaved()
	return dialog.Question{
		Title: Title(m, s, connection),
		Lines: append([]text.Line{
			text.Sprintf("%s %s", m.Method, m.Path(s.ID)).As(theme.Text),
			text.Lit("nothing was sent yet").As(theme.Dim), nil,
			Warning(text.Cell(err.Error())),
			Warning(text.Lit("it cannot be restored")),
		}, unusableLine(s)...),
		Verb: m.Name, Word: Word(s), Do: do,
	}
}
