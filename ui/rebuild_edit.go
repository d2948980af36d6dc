package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/mutation"
)

// Editor edits a text outside the dashboard.
type Editor interface {
	// Prepare writes the text to a file and returns the command that edits it.
	Prepare(content string) (path string, command tea.ExecCommand, err error)
	// Collect reads and removes the file after the editor has exited.
	Collect(path string) (content string, err error)
}

type (
	// editPreparedMsg says that the Dockerfile is in a file.
	editPreparedMsg struct {
		id      string
		path    string
		command tea.ExecCommand
		err     error
	}
	// editorEndedMsg says that the editor has exited.
	editorEndedMsg struct {
		id, path string
		err      error
	}
	// editedMsg brings the edited Dockerfile.
	editedMsg struct {
		id, dockerfile string
		err            error
	}
)

func refuseEdit(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case a.options.Editor == nil:
		return "there is no editor: set $EDITOR"
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
	editor, id := a.options.Editor, s.ID
	return a.options.work(callDeadline, func(context.Context) tea.Msg {
		path, command, err := editor.Prepare(file)
		return editPreparedMsg{id: id, path: path, command: command, err: err}
	})
}

func (msg editPreparedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Show(dialog.Failed, "the Dockerfile cannot be edited: "+msg.err.Error(), a.now)
		return nil
	}
	return tea.Exec(msg.command, func(err error) tea.Msg {
		return editorEndedMsg{id: msg.id, path: msg.path, err: err}
	})
}

// apply reads the edited file. An editor that failed, as with :cq, changes nothing.
func (msg editorEndedMsg) apply(a *App) tea.Cmd {
	editor, failed := a.options.Editor, msg.err
	return tea.Batch(a.mouse.reenable(), a.options.work(callDeadline, func(context.Context) tea.Msg {
		file, err := editor.Collect(msg.path)
		if failed != nil {
			err = failed
		}
		return editedMsg{id: msg.id, dockerfile: file, err: err}
	}))
}

// apply shows the difference and asks for the rebuild with it.
func (msg editedMsg) apply(a *App) tea.Cmd {
	s, ok := a.state.Data.Store.Get(msg.id)
	switch {
	case msg.err != nil:
		a.toast.Show(dialog.Refused, "the editor failed, nothing is changed: "+msg.err.Error(), a.now)
		return nil
	case !ok:
		a.toast.Show(dialog.Failed, "the snapshot was deleted elsewhere", a.now)
		return nil
	}
	before, _ := s.Dockerfile()
	if before == msg.dockerfile {
		a.toast.Show(dialog.Info, "the Dockerfile of "+s.Name+" is unchanged: nothing to do", a.now)
		return nil
	}
	if reason := mutation.RefuseDockerfile(msg.dockerfile); reason != "" {
		a.toast.Show(dialog.Refused, "not a Dockerfile, nothing is changed: "+reason, a.now)
		return nil
	}
	if reason := refuseRebuild(a, s); reason != "" {
		a.toast.Show(dialog.Refused, s.Name+" cannot be rebuilt: "+reason, a.now)
		return nil
	}
	return a.askRebuildOf(s, &msg.dockerfile, inspect.Diff(before, msg.dockerfile))
}
