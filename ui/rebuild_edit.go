package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/mutation"
)

func refuseEdit(a *App) string {
	s := a.selected()
	if s == nil {
		return "no snapshot is selected"
	}
	if reason := refuseEditor(a); reason != "" {
		return reason
	}
	if !s.HasDockerfile() {
		return "it has no Dockerfile to edit"
	}
	return refuseRebuild(a, s)
}

// editDockerfile opens the Dockerfile of the selected snapshot in the user's editor.
func (a *App) editDockerfile() tea.Cmd {
	s := a.selected()
	file, _ := s.Dockerfile()
	return a.options.edit(file, func(a *App, edited string) tea.Cmd { return a.askEdited(s.ID, edited) })
}

// askEdited shows the difference and asks for the rebuild with it.
func (a *App) askEdited(id, edited string) tea.Cmd {
	s, ok := a.state.Data.Store.Get(id)
	if !ok {
		a.toast.Show(dialog.Failed, "the snapshot was deleted elsewhere", a.now)
		return nil
	}
	before, _ := s.Dockerfile()
	if before == edited {
		a.toast.Show(dialog.Info, "the Dockerfile of "+s.Name+" is unchanged: nothing to do", a.now)
		return nil
	}
	if reason := mutation.RefuseDockerfile(edited); reason != "" {
		a.toast.Show(dialog.Refused, "not a Dockerfile, nothing is changed: "+reason, a.now)
		return nil
	}
	if reason := refuseRebuild(a, s); reason != "" {
		a.toast.Show(dialog.Refused, s.Name+" cannot be rebuilt: "+reason, a.now)
		return nil
	}
	return a.askRebuildOf(s, &edited, inspect.Diff(before, edited))
}
