package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

const (
	// namesShown bounds how many a dialog names that only tells of them.
	namesShown = 8
	// namesAsked bounds how many a confirmation names: what is acted on should be
	// read.
	namesAsked = 30
)

// targets are the snapshots that an action is for: the marked ones, else the one
// under the cursor. Where what is marked is gone there are none: it must not fall on
// another one.
func (a *App) targets() []*model.Snapshot {
	var targets []*model.Snapshot
	for _, id := range a.table.Marked() {
		if s, ok := a.state.Data.Store.Get(id); ok {
			targets = append(targets, s)
		}
	}
	if a.table.MarkCount() == 0 {
		if s := a.selected(); s != nil {
			targets = append(targets, s)
		}
	}
	return targets
}

// forgetMarks takes the marks off snapshots that are gone: an action on the marked
// ones must never fall on another.
func (a *App) forgetMarks() {
	a.table.RetainMarks(func(id string) bool {
		_, ok := a.state.Data.Store.Get(id)
		return ok
	})
}

// refuseVerb says why the mutation cannot run on any of its targets.
func refuseMutation(v *mutation.Mutation) func(*App) string {
	return func(a *App) string {
		if a.bulk.Active() {
			return "an action on many snapshots is still running"
		}
		if a.table.MarkCount() > 0 {
			return "" // looked at one by one when it is asked for
		}
		s := a.selected()
		if s == nil {
			return "no snapshot is selected"
		}
		return a.refuseOne(v, s)
	}
}

// refuseOne says why the mutation cannot run on the snapshot, or "".
func (a *App) refuseOne(m *mutation.Mutation, s *model.Snapshot) string {
	if m.Workflow() {
		return refuseRebuild(a, s)
	}
	return m.Refuse(&a.state.ViewState, s)
}

// previewBulk looks at each of the targets of a mutation.
func (a *App) previewBulk(m *mutation.Mutation, targets []*model.Snapshot) mutation.Preview {
	if m.Workflow() {
		return mutation.PreviewRebuilds(targets, a.state.Data.Store, a.planInPlace)
	}
	return mutation.PreviewOf(m, &a.state.ViewState, targets)
}

// askVerb shows exactly what will be called and what will be lost. It is drawn
// from what was polled, without asking the server.
func askMutation(v *mutation.Mutation) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		targets := a.targets()
		if len(targets) == 1 && a.table.MarkCount() == 0 {
			return a.askOne(v, targets[0])
		}
		return a.askBulk(v, targets)
	}
}

func (a *App) askOne(v *mutation.Mutation, s *model.Snapshot) tea.Cmd {
	title := text.Join(
		text.Sprintf("%s ", capital(v.Name)).As(theme.Title), text.Styled(s.Name, theme.Title, nil),
		text.Sprintf("  %s  in %s", s.ShortID(), a.placeText()).As(theme.Dim),
	)
	lines := []text.Line{text.Sprintf("%s %s", v.Method, v.Path(s.ID)).As(theme.Text)}
	c := dialog.Question{Title: title, Lines: append(lines, v.Impact(&a.state.ViewState, s)...), Yes: v.Name}
	if v.Grave {
		c.Word = mutation.TypedWord(s, a.options.Protect, a.now)
	}
	c.Do = func() tea.Cmd {
		cmd, reason := a.begin(v, s)
		if reason != "" {
			a.toast.Show(dialog.Refused, s.Name+" was not "+v.Past+": "+reason, a.now)
		}
		return cmd
	}
	return a.ask(c)
}

// askMany asks once for all marked snapshots. What the server would refuse is
// left out, and said.
func (a *App) askBulk(v *mutation.Mutation, targets []*model.Snapshot) tea.Cmd {
	if len(targets) == 0 {
		a.toast.Show(dialog.Refused, "what was marked is gone", a.now)
		a.forgetMarks()
		return nil
	}
	found := a.previewBulk(v, targets)
	able := found.Able
	if len(able) == 0 {
		a.toast.Show(dialog.Refused, "none of the "+format.Plural(len(targets), "marked snapshot")+" can be "+v.Past+": "+strings.Join(slices.Sorted(maps.Keys(found.Reasons)), "; "), a.now)
		return nil
	}
	c := dialog.Question{
		Title: text.Join(
			text.Sprintf("%s %s", capital(v.Name), format.Plural(len(able), "snapshot")).As(theme.Title),
			text.Sprintf("  in %s", a.placeText()).As(theme.Dim)),
		Lines: a.bulkLines(v, found),
		Yes:   v.Name,
		Do:    func() tea.Cmd { return a.runBulk(v, able) },
	}
	if v.Grave {
		c.Word = strconv.Itoa(len(able))
	}
	return a.ask(c)
}

func (a *App) bulkLines(v *mutation.Mutation, found mutation.Preview) []text.Line {
	able := found.Able
	lines := []text.Line{text.Sprintf("%s %s for each of these, %d at a time:", v.Method, v.Path("ID"), bulk.Concurrency).As(theme.Text), nil}
	used, guarded := 0, 0
	for i, s := range able {
		if i < namesAsked {
			lines = append(lines, text.Join(text.Lit("  ").As(theme.Text), text.Styled(s.Name, theme.Text, nil).Cut(40, text.CutMiddle), text.Sprintf("  %s", s.ShortID()).As(theme.Dim)))
		}
		if mutation.UsedRecently(s, a.now) {
			used++
		}
		if mutation.Protected(a.options.Protect, s.Name) {
			guarded++
		}
	}
	if more := len(able) - namesAsked; more > 0 {
		lines = append(lines, text.Sprintf("  and %d more", more).As(theme.Dim))
	}
	lines = append(lines, nil)
	if hidden := a.hiddenOf(able); hidden > 0 {
		lines = append(lines, mutation.Warning(text.Sprintf("%d of them are marked but hidden by the filter", hidden)))
	}
	if guarded > 0 && v.Grave {
		lines = append(lines, mutation.Warning(text.Sprintf("%d match a protect pattern", guarded)))
	}
	if used > 0 && v.Grave {
		lines = append(lines, mutation.Warning(text.Sprintf("%d used in the last day", used)))
	}
	lines = append(lines, found.Lines...)
	for _, reason := range slices.Sorted(maps.Keys(found.Reasons)) {
		lines = append(lines, mutation.Warning(text.Sprintf("%s left out: %s", format.Plural(found.Reasons[reason], "snapshot"), reason)))
	}
	return lines
}

// hiddenOf counts the snapshots that the filter hides at present. Mostly they are few
// and the rows many, so the rows are looked for among them.
func (a *App) hiddenOf(some []*model.Snapshot) int {
	if a.state.Query.Empty() {
		return 0
	}
	hidden := make(map[string]bool, len(some))
	for _, s := range some {
		hidden[s.ID] = true
	}
	for _, s := range a.table.Rows() {
		delete(hidden, s.ID)
	}
	return len(hidden)
}

// placeText says on whose snapshots an action works.
func (a *App) placeText() string {
	parts := []string{a.options.Profile, a.state.OrganizationName(), a.options.Host}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// quit ends the program; while an action runs it asks first.
func (a *App) quit() tea.Cmd {
	if len(a.state.Pending) == 0 {
		return tea.Quit
	}
	note := text.Lit("The server goes on by itself; snapdeck just no longer says how it ends.")
	var lines []text.Line
	for _, op := range a.state.running() {
		if op.Saved() {
			note = text.Lit("The rebuild is interrupted. Its recipe is saved: snapdeck recover resumes it.")
		}
		lines = append(lines, text.Sprintf("%s · %s", op.Name, op.Progress(a.now)).As(theme.Text))
	}
	if len(lines) > namesShown {
		lines = append(lines[:namesShown], text.Sprintf("and %d more", len(lines)-namesShown).As(theme.Dim))
	}
	lines = append([]text.Line{note.As(theme.Dim), nil}, lines...)
	return a.ask(dialog.Question{
		Title: text.Lit("Quit while an action is running?").As(theme.Title),
		Lines: lines, Yes: "quit",
		Do: func() tea.Cmd { return tea.Quit },
	})
}

// refuseMark says why the row cannot be marked.
func refuseMark(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case !a.state.Listed(s.ID):
		return "it is being rebuilt"
	default:
		return ""
	}
}
