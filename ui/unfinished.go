package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// unfinishedFoundMsg: the journal was read for rebuilds that were left behind.
type unfinishedFoundMsg struct {
	left []UnfinishedRebuild
	err  error
}

// findUnfinished reads the journal once, at the start.
func (a *App) findUnfinished() tea.Cmd {
	rebuilder := a.options.Rebuilder
	if rebuilder == nil {
		return nil
	}
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		left, err := rebuilder.Unfinished(ctx)
		return unfinishedFoundMsg{left: left, err: err}
	})
}

// apply says first of all that a rebuild was left half-way, and offers
// to finish it. Nobody asked for this dialog, so it waits until the keyboard has
// been quiet for a moment.
func (msg unfinishedFoundMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.show(toastFailed, "the journal of rebuilds cannot be read: "+msg.err.Error(), a.now)
		return nil
	}
	if len(msg.left) == 0 {
		return nil
	}
	lines := []text.Line{
		text.Lit("The recipe of each is saved. Finishing goes on where it stopped: it creates what is").As(theme.Text),
		text.Lit("missing, and deletes an old one first that is still there.").As(theme.Text),
		text.Lit("esc decides later; snapdeck recover shows more").As(theme.Dim), nil,
	}
	for i, left := range msg.left {
		if i == namesShown {
			lines = append(lines, text.Sprintf("and %d more", len(msg.left)-namesShown).As(theme.Dim))
			break
		}
		line := text.Join(text.Styled(left.Name, theme.Title, nil), text.Sprintf("  begun %s", relative(left.Started, a.now)).As(theme.Dim))
		if left.Trouble != "" {
			line = text.Join(line, text.Sprintf("  %s", left.Trouble).As(theme.Dim))
		}
		lines = append(lines, line)
	}
	return a.ask(confirm{
		title: text.Sprintf("%s unfinished", plural(len(msg.left), "rebuild")).As(theme.Title),
		lines: lines, yes: "finish now", no: "later", byItself: true,
		do: func(a *App) tea.Cmd { return a.finishAll(msg.left) },
	})
}

func (a *App) finishAll(left []UnfinishedRebuild) tea.Cmd {
	var cmds []tea.Cmd
	rebuilder := a.options.Rebuilder
	for _, entry := range left {
		cmds = append(cmds, a.runWorkflow(entry.ID, entry.Name, func(ctx context.Context, report func(RebuildStep)) RebuildResult {
			return rebuilder.Finish(ctx, entry.ID, report)
		}))
	}
	return tea.Batch(cmds...)
}
