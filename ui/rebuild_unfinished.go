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

// unfinishedFoundMsg brings the interrupted rebuilds in the journal.
type unfinishedFoundMsg struct {
	unfinished []model.UnfinishedRebuild
	err        error
	ask        bool // whether to resume them
}

// findUnfinished reads the journal: at the start, when it also asks, and after each
// rebuild that left its entry there.
func (o *Options) findUnfinished(ask bool) tea.Cmd {
	rebuilder := o.Rebuilder
	if rebuilder == nil {
		return nil
	}
	return o.work(callDeadline, func(ctx context.Context) tea.Msg {
		unfinished, err := rebuilder.Unfinished(ctx)
		return unfinishedFoundMsg{unfinished: unfinished, err: err, ask: ask}
	})
}

// apply keeps the interrupted rebuilds for the header. An error is shown once, since the
// journal is read repeatedly. At the start it asks whether to resume, except in
// read-only mode.
func (msg unfinishedFoundMsg) apply(a *App) tea.Cmd {
	shown := a.state.unfinishedUnreadable
	if a.state.unfinishedUnreadable = msg.err != nil; msg.err != nil {
		if !shown {
			a.toast.Show(dialog.Failed, "the journal cannot be read: "+msg.err.Error(), a.now)
		}
		return nil
	}
	a.state.unfinished, a.state.unfinishedAt = slices.Clone(msg.unfinished), a.now
	for i, entry := range msg.unfinished {
		a.state.unfinished[i].NameTaken = entry.NameTaken && mutation.NameTaken(a.state.Data.Store, entry)
	}
	if !msg.ask || len(msg.unfinished) == 0 || a.refusal(a.actions.byID("rebuild.resume")) != "" {
		return nil
	}
	return a.ask(a.resumeQuestion())
}

// unfinishedInterval is how often the journal is read again while it has interrupted
// rebuilds, which another process may resume.
const unfinishedInterval = 10 * time.Second

// unfinishedDue reports whether to read the journal again, because it has interrupted
// rebuilds. It counts as read then.
func (s *appState) unfinishedDue(now time.Time) bool {
	due := len(s.unfinished) > 0 && now.Sub(s.unfinishedAt) >= unfinishedInterval
	if due {
		s.unfinishedAt = now
	}
	return due
}

// refuseResume returns why no rebuild can be resumed.
func refuseResume(a *App) string {
	switch {
	case len(a.state.unfinished) == 0:
		return "no unfinished actions"
	case len(mutation.Resumable(a.state.unfinished)) == 0:
		return "the name of " + a.state.unfinished[0].Name + " is taken: discard or rename, see snapdeck recover"
	case a.bulk.Active():
		return "a bulk action is still running"
	default:
		return ""
	}
}

// resumeQuestion asks whether to resume the interrupted rebuilds.
func (a *App) resumeQuestion() dialog.Question {
	left := mutation.Resumable(a.state.unfinished)
	return dialog.Question{
		Title: text.Sprintf("%s unfinished", format.Plural(len(left), mutation.UnfinishedAction(left))).As(theme.Title),
		Lines: mutation.ResumeLines(left, a.keyFor("rebuild.resume"), a.now), Verb: "resume",
		Do: func() tea.Cmd { return a.resumeAll(left) },
	}
}

// resumeAll resumes interrupted rebuilds. Several are a bulk action.
func (a *App) resumeAll(left []model.UnfinishedRebuild) tea.Cmd {
	if reason := refuseResume(a); reason != "" {
		a.toast.Show(dialog.Refused, "nothing was resumed: "+reason, a.now)
		return nil
	}
	items := make([]bulk.Item[startFunc], len(left))
	for i, entry := range left {
		items[i] = bulk.Item[startFunc]{ID: entry.SnapshotID, Name: entry.Name, Start: func(a *App) (tea.Cmd, string) { return a.resume(entry) }}
	}
	if len(items) > 1 {
		return a.startBulk(text.Sprintf("Resume %s", format.Plural(len(left), mutation.UnfinishedAction(left))), mutation.ResumedPast(left), items)
	}
	cmd, reason := items[0].Start(a)
	if reason != "" {
		a.toast.Show(dialog.Refused, items[0].Name+" was not resumed: "+reason, a.now)
	}
	return cmd
}

// resume resumes one rebuild, or returns why it cannot.
func (a *App) resume(entry model.UnfinishedRebuild) (tea.Cmd, string) {
	if a.state.Pending[entry.SnapshotID] != nil {
		return nil, "an action on this snapshot is still running"
	}
	// It is running now. If it is interrupted again, the next read finds it.
	a.state.unfinished = slices.DeleteFunc(slices.Clone(a.state.unfinished), func(other model.UnfinishedRebuild) bool { return other.ID == entry.ID })
	rebuilder := a.options.Rebuilder
	run := a.runWorkflow(mutation.ForMode(entry.Mode), entry.SnapshotID, entry.Name, entry.Old, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
		return rebuilder.Resume(ctx, entry.ID, report)
	})
	return tea.Batch(run, a.derive()), ""
}
