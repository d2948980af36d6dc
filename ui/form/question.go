package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// Question asks whether to carry out the plan of a create. connection names the organization
// and the server.
func Question(v *row.ViewState, plan model.Plan, connection string, do func() tea.Cmd) dialog.Question {
	return dialog.Question{
		Title: text.Join(
			text.Lit("Create ").As(theme.Title), text.Styled(plan.Recipe.Name, theme.Title, nil),
			text.Sprintf("  in %s", connection).As(theme.Dim)),
		Lines: mutation.PlanLines(v, plan.Snapshot, plan, false),
		Verb:  "create",
		Do:    do,
	}
}
