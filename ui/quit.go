package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// quit ends the program; while an action runs it asks first.
func (a *App) quit() tea.Cmd {
	if len(a.known.operations) == 0 {
		return tea.Quit
	}
	lines := []text.Line{text.Lit("The server goes on by itself; snapdeck just no longer says how it ends.").As(theme.Dim), nil}
	for _, op := range a.known.operations {
		lines = append(lines, text.Sprintf("%s · %s", op.name, op.progress(a.now)).As(theme.Text))
	}
	return a.ask(confirm{
		title: text.Lit("Quit while an action is running?").As(theme.Title),
		lines: lines, yes: "quit", no: "stay",
		do: func(*App) tea.Cmd { return tea.Quit },
	})
}
