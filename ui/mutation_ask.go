package ui

import (
	"maps"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// targets returns the targets of an action: the marked snapshots, or else the one under the
// cursor. If all marked snapshots were deleted, it returns none: the action must never run on
// another snapshot.
func (a *App) targets() []*model.Snapshot {
	targets := a.markedSnapshots()
	if a.table.MarkCount() == 0 {
		if s := a.selected(); s != nil {
			targets = append(targets, s)
		}
	}
	return targets
}

// refuseMutation returns why the mutation cannot run on any of its targets.
func refuseMutation(m *mutation.Mutation) func(*App) string {
	return func(a *App) string {
		if a.bulk.Active() {
			return "a bulk action is still running"
		}
		if a.table.MarkCount() > 0 {
			return "" // the confirmation checks each of them
		}
		s := a.selected()
		if s == nil {
			return "no snapshot is selected"
		}
		return a.refuseOne(m, s)
	}
}

// refuseOne returns why the mutation cannot run on the snapshot, or "".
func (a *App) refuseOne(m *mutation.Mutation, s *model.Snapshot) string {
	if m.Workflow() {
		return refuseRebuild(a, s)
	}
	return m.Refuse(&a.state.ViewState, s)
}

// askMutation asks for confirmation. The impact comes from the latest poll; for a disruptive
// mutation the server is asked who uses the snapshots.
func askMutation(m *mutation.Mutation) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		targets := a.targets()
		if len(targets) == 1 && a.table.MarkCount() == 0 {
			return a.askOne(m, targets[0])
		}
		return a.askBulk(m, targets)
	}
}

func (a *App) askOne(m *mutation.Mutation, s *model.Snapshot) tea.Cmd {
	build := func() dialog.Question {
		return dialog.Question{
			Title: mutation.Title(m, s, a.connectionText()),
			Lines: m.Lines(&a.state.ViewState, s),
			Verb:  m.Name,
			Word:  m.Word(&a.state.ViewState, s, a.options.Protect),
			Do:    func() tea.Cmd { return a.startOrRefuse(m, s) },
		}
	}
	if !m.AsksUse(&a.state.ViewState, s) {
		return a.ask(build())
	}
	return a.askUse([]*model.Snapshot{s}, build)
}

// startOrRefuse starts a confirmed mutation, or shows why it cannot.
func (a *App) startOrRefuse(m *mutation.Mutation, s *model.Snapshot) tea.Cmd {
	cmd, reason := a.start(m, s)
	if reason != "" {
		a.toast.Show(dialog.Refused, s.Name+" was not "+m.Past+": "+reason, a.now)
	}
	return cmd
}

// askBulk asks once for all marked snapshots. What the server would refuse is skipped,
// and the confirmation says so.
func (a *App) askBulk(m *mutation.Mutation, targets []*model.Snapshot) tea.Cmd {
	if len(targets) == 0 {
		a.toast.Show(dialog.Refused, "the marked snapshots were deleted elsewhere", a.now)
		a.state.dropStaleMarks(a.table)
		return nil
	}
	var found mutation.Preview
	if m.Workflow() {
		found = mutation.PreviewRebuilds(targets, a.state.Data.Store, a.planInPlace)
	} else {
		found = mutation.PreviewOf(m, &a.state.ViewState, targets)
	}
	if len(found.Able) == 0 {
		a.toast.Show(dialog.Refused, "none of the "+format.Plural(len(targets), "marked snapshot")+" can be "+m.Past+": "+strings.Join(slices.Sorted(maps.Keys(found.Reasons)), "; "), a.now)
		return nil
	}
	body := mutation.Bulk{
		Mutation: m, View: &a.state.ViewState, Preview: found, Concurrency: bulk.Concurrency,
		Protect: a.options.Protect, Connection: a.connectionText(),
		Run: func(able []*model.Snapshot) tea.Cmd { return a.runBulk(m, able) },
		Ask: a.ask, Again: func(b mutation.Bulk) tea.Cmd { return a.askUse(found.Able, b.Question) },
	}
	if !a.state.Query.Empty() {
		body.Hidden = func(able []*model.Snapshot) int { return mutation.CountHidden(a.table.Rows(), able) }
	}
	if !m.Disruptive {
		return a.ask(body.Question())
	}
	return a.askUse(found.Able, body.Question)
}

// connectionText returns the profile, organization and host of an action.
func (a *App) connectionText() string {
	parts := []string{a.options.Profile, a.state.OrganizationName(), a.options.Host}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// quit ends the program; while an action is running it asks first.
func (a *App) quit() tea.Cmd {
	if len(a.state.Pending) == 0 {
		return tea.Quit
	}
	var running []*row.Pending
	for _, op := range a.state.running.All() {
		running = append(running, &op.Pending)
	}
	return a.ask(dialog.Question{
		Title: text.Lit("Quit while an action is running?").As(theme.Title),
		Lines: mutation.QuitLines(running, a.now), Verb: "quit",
		Do: func() tea.Cmd { return tea.Quit },
	})
}

// refuseMark returns why the row cannot be marked.
func (state *appState) refuseMark(s *model.Snapshot) string {
	switch p := state.Pending[s.ID]; {
	case state.Listed(s.ID):
		return ""
	case p != nil:
		return "it is being " + p.Past
	default:
		return "it is not listed"
	}
}
