package ui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// unfinishedFoundMsg: the journal was read for rebuilds that were left behind.
type unfinishedFoundMsg struct {
	unfinished []model.UnfinishedRebuild
	err        error
	ask        bool // whether to finish them
}

// findUnfinished reads the journal: at the start, when what is found is asked
// about, and after each rebuild that ended with its recipe still there.
func (a *App) findUnfinished(ask bool) tea.Cmd {
	rebuilder := a.options.Rebuilder
	if rebuilder == nil {
		return nil
	}
	return a.work(callDeadline, func(ctx context.Context) tea.Msg {
		left, err := rebuilder.Unfinished(ctx)
		return unfinishedFoundMsg{unfinished: left, err: err, ask: ask}
	})
}

// apply keeps what was found, so that the header says it for as long as it is so. It
// is read again and again, so that it cannot be read is told once.
// At the start it also asks first of all whether to finish it, unless nothing may
// be changed.
func (msg unfinishedFoundMsg) apply(a *App) tea.Cmd {
	told := a.state.unfinishedUnreadable
	if a.state.unfinishedUnreadable = msg.err != nil; msg.err != nil {
		if !told {
			a.toast.Show(dialog.Failed, "the journal of rebuilds cannot be read: "+msg.err.Error(), a.now)
		}
		return nil
	}
	a.state.unfinished, a.state.unfinishedAt = msg.unfinished, a.now
	if !msg.ask || len(msg.unfinished) == 0 || a.refusal(a.actionOf("rebuild.resume")) != "" {
		return nil
	}
	return a.ask(a.finishQuestion(true))
}

// relist is how often the journal is read again while something is left in it: it may
// be finished from elsewhere.
const unfinishedInterval = 10 * time.Second

// findUnfinishedIfDue looks whether what was left half-way still is.
func (a *App) findUnfinishedIfDue() tea.Cmd {
	if len(a.state.unfinished) == 0 || a.now.Sub(a.state.unfinishedAt) < unfinishedInterval {
		return nil
	}
	a.state.unfinishedAt = a.now
	return a.findUnfinished(false)
}

// refuseFinish says why no rebuild can be finished.
func refuseFinish(a *App) string {
	switch {
	case len(a.state.unfinished) == 0:
		return "no rebuild is unfinished"
	case a.bulk.Active():
		return "an action on many snapshots is still running"
	default:
		return ""
	}
}

func (a *App) askFinish() tea.Cmd { return a.ask(a.finishQuestion(false)) }

// finishQuestion asks whether to finish what was left half-way. Where nobody asked
// for it, it waits until the keyboard has been quiet for a moment.
func (a *App) finishQuestion(byItself bool) dialog.Question {
	left := a.state.unfinished
	lines := []text.Line{
		text.Lit("The recipe of each is saved. Finishing goes on where it stopped: it creates what is").As(theme.Text),
		text.Lit("missing, and deletes an old one first that is still there.").As(theme.Text),
		text.Sprintf("esc decides later, %s asks again; snapdeck recover shows more", a.keyFor("rebuild.resume")).As(theme.Dim), nil,
	}
	for i, entry := range left {
		if i == namesShown {
			lines = append(lines, text.Sprintf("and %d more", len(left)-namesShown).As(theme.Dim))
			break
		}
		line := text.Join(text.Styled(entry.Name, theme.Title, nil), text.Sprintf("  begun %s", format.Relative(entry.Started, a.now)).As(theme.Dim))
		if entry.Err != "" {
			line = text.Join(line, text.Sprintf("  %s", entry.Err).As(theme.Dim))
		}
		lines = append(lines, line)
	}
	return dialog.Question{
		Title: text.Sprintf("%s unfinished", format.Plural(len(left), "rebuild")).As(theme.Title),
		Lines: lines, Yes: "resume", Unprompted: byItself,
		Do: func() tea.Cmd { return a.finishAll(left) },
	}
}

// finishAll finishes what was left half-way. Several are finished as any action on many
// is: a few at a time, with a report.
func (a *App) finishAll(left []model.UnfinishedRebuild) tea.Cmd {
	if reason := refuseFinish(a); reason != "" {
		a.toast.Show(dialog.Refused, "nothing was finished: "+reason, a.now)
		return nil
	}
	items := make([]bulk.Item[startItem], len(left))
	for i, entry := range left {
		items[i] = bulk.Item[startItem]{ID: entry.SnapshotID, Name: entry.Name, Start: func(a *App) (tea.Cmd, string) { return a.finish(entry) }}
	}
	if len(items) > 1 {
		return a.startBulk(text.Sprintf("Finish %s", format.Plural(len(left), "rebuild")), mutation.Rebuild().Past, items)
	}
	cmd, reason := items[0].Start(a)
	if reason != "" {
		a.toast.Show(dialog.Refused, items[0].Name+" was not finished: "+reason, a.now)
	}
	return cmd
}

// finish carries on one of them, or says why it cannot be.
func (a *App) finish(entry model.UnfinishedRebuild) (tea.Cmd, string) {
	if a.state.Pending[entry.SnapshotID] != nil {
		return nil, "an action on this snapshot is still running"
	}
	// It is worked on from now; if it is still left then, it is found again.
	a.state.unfinished = slices.DeleteFunc(slices.Clone(a.state.unfinished), func(other model.UnfinishedRebuild) bool { return other.ID == entry.ID })
	rebuilder := a.options.Rebuilder
	run := a.runWorkflow(entry.SnapshotID, entry.Name, entry.Old, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
		return rebuilder.Resume(ctx, entry.ID, report)
	})
	return tea.Batch(run, a.derive()), ""
}
