package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/dialog"
)

// Editor edits a text outside the dashboard.
type Editor interface {
	// Prepare writes the text to a file and returns the command that edits it.
	Prepare(content string) (path string, command tea.ExecCommand, err error)
	// Collect reads and removes the file after the editor has exited.
	Collect(path string) (content string, err error)
}

// useEdited continues with the text that the user saved.
type useEdited func(a *App, content string) tea.Cmd

type (
	// editPreparedMsg says that the text is in a file.
	editPreparedMsg struct {
		use     useEdited
		path    string
		command tea.ExecCommand
		err     error
	}
	// editorEndedMsg says that the editor has exited.
	editorEndedMsg struct {
		use  useEdited
		path string
		err  error
	}
	// editedMsg brings the edited text.
	editedMsg struct {
		use     useEdited
		content string
		err     error
	}
)

// edit opens a Dockerfile in the user's editor.
func (o *Options) edit(dockerfile string, use useEdited) tea.Cmd {
	editor := o.Editor
	return o.work(callDeadline, func(context.Context) tea.Msg {
		path, command, err := editor.Prepare(dockerfile)
		return editPreparedMsg{use: use, path: path, command: command, err: err}
	})
}

func (msg editPreparedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Show(dialog.Failed, "the Dockerfile cannot be edited: "+msg.err.Error(), a.now)
		return nil
	}
	return tea.Exec(msg.command, func(err error) tea.Msg {
		return editorEndedMsg{use: msg.use, path: msg.path, err: err}
	})
}

// apply reads the edited file. An editor that failed, as with :cq, changes nothing.
func (msg editorEndedMsg) apply(a *App) tea.Cmd {
	editor, failed := a.options.Editor, msg.err
	return tea.Batch(a.mouse.reenable(), a.options.work(callDeadline, func(context.Context) tea.Msg {
		content, err := editor.Collect(msg.path)
		if failed != nil {
			err = failed
		}
		return editedMsg{use: msg.use, content: content, err: err}
	}))
}

func (msg editedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.Show(dialog.Refused, "the editor failed, nothing is changed: "+msg.err.Error(), a.now)
		return nil
	}
	return msg.use(a, msg.content)
}

func refuseEditor(a *App) string {
	if a.options.Editor == nil {
		return "there is no editor: set $EDITOR"
	}
	return ""
}
