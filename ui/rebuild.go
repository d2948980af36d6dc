package ui

import (
	"context"
	"net/http"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

type (
	// rebuildSteppedMsg: a running rebuild has come further.
	rebuildSteppedMsg struct {
		id   string
		step RebuildStep
	}
	// rebuildEndedMsg: a rebuild has ended.
	rebuildEndedMsg struct {
		id     string
		result RebuildResult
	}
)

// verbRebuild is the rebuild as the confirmations and bulk actions see it. Its start is
// a workflow instead of one request.
func rebuildMutation() *mutation {
	return &mutation{
		name: "rebuild", past: "rebuilt", yes: "rebuild", no: "keep it",
		method: http.MethodDelete, path: func(id string) string { return model.SnapshotPath(id) + ", then POST /snapshots" },
		permission: model.PermissionWrite, grave: true, shows: model.StateRemoving,
		refuse:      refuseRebuild,
		impact:      func(*App, *model.Snapshot) []text.Line { return nil }, // each plan has its own
		bulkPreview: (*App).previewRebuilds,
		start: func(a *App, s *model.Snapshot) tea.Cmd {
			return a.runRebuild(s, a.options.Rebuilder.Plan(a.rebuildRequest(s, false, nil)))
		},
	}
}

func (a *App) rebuildRequest(s *model.Snapshot, verify bool, dockerfile *string) RebuildRequest {
	return RebuildRequest{
		Snapshot: s, VerifyFirst: verify, Dockerfile: dockerfile, Now: a.now,
		Store: a.state.Data.Store, Regions: a.state.Regions, Access: a.state.access, Organization: a.state.Organization,
	}
}

// refuseRebuild says why the snapshot cannot be rebuilt: everything that the
// server would refuse is found before anything is deleted.
func refuseRebuild(a *App, s *model.Snapshot) string {
	_, reason := a.planInPlace(s, nil) // twins refuse nothing, and to look for them costs all snapshots
	return reason
}

// planInPlace is what the usual rebuild would do, or why it cannot be. Twins are looked
// for in the store, if there is one.
func (a *App) planInPlace(s *model.Snapshot, store *model.Store) (plan RebuildPlan, reason string) {
	switch {
	case a.options.Rebuilder == nil:
		return plan, "there is nowhere to save the recipe"
	case a.state.Pending[s.ID] != nil:
		return plan, "an action on this snapshot is still running"
	}
	request := a.rebuildRequest(s, false, nil)
	request.Store = store
	if plan = a.options.Rebuilder.Plan(request); len(plan.Refusals) > 0 {
		reason = plan.Refusals[0]
	}
	return plan, reason
}

// askRebuild shows what a rebuild will call and lose, in the mode that tab
// chooses. With many marked snapshots it is done in place, a few at a time.
func (a *App) askRebuild() tea.Cmd {
	v := rebuildMutation()
	if a.table.MarkCount() > 0 {
		return a.askBulk(v, a.targets())
	}
	return a.askRebuildOf(a.selected(), nil, nil)
}

// askRebuildOf asks for the rebuild of one snapshot, perhaps with an edited
// Dockerfile, whose difference is shown first.
func (a *App) askRebuildOf(s *model.Snapshot, dockerfile *string, difference []text.Line) tea.Cmd {
	plans := make([]RebuildPlan, 0, 2)
	for _, verify := range []bool{false, true} {
		if plan := a.options.Rebuilder.Plan(a.rebuildRequest(s, verify, dockerfile)); len(plan.Refusals) == 0 {
			plans = append(plans, plan)
		} else if !verify {
			a.toast.show(toastRefused, s.Name+" cannot be rebuilt: "+plan.Refusals[0], a.now)
			return nil
		}
	}
	c := confirm{
		title: text.Join(
			text.Lit("Rebuild ").As(theme.Title), text.Styled(s.Name, theme.Title, nil),
			text.Sprintf("  %s  in %s", s.ShortID(), a.placeText()).As(theme.Dim)),
		word: a.typedWord(s), yes: "rebuild", no: "keep it",
	}
	for i, plan := range plans {
		c.modes = append(c.modes, mode{
			name:  rebuildModes()[i],
			lines: append(slices.Clip(difference), a.planLines(s, plan, dockerfile != nil)...),
			do:    func(a *App) tea.Cmd { return a.runRebuild(s, plan) },
		})
	}
	return a.ask(c)
}

func rebuildModes() []text.Safe {
	return []text.Safe{text.Lit("in place"), text.Lit("verify first: built under another name, then swapped")}
}

// planLines are the calls, what is lost, and what is safe.
func (a *App) planLines(s *model.Snapshot, plan RebuildPlan, edited bool) []text.Line {
	var lines []text.Line
	for i, call := range plan.Calls {
		lines = append(lines, text.Join(
			text.Sprintf("%d  ", i+1).As(theme.Dim), text.Sprintf("%s  ", call.Request).As(theme.Text), text.Cell(call.Text).As(theme.Dim)))
	}
	lines = append(lines, nil)
	lines = append(lines, a.useWarning(s)...)
	for _, loss := range plan.Impact {
		if loss.Warning {
			lines = append(lines, warn(text.Cell(loss.Text)))
		}
	}
	for _, loss := range plan.Impact {
		if !loss.Warning {
			lines = append(lines, text.Join(text.Lit("· ").As(theme.Dim), text.Cell(loss.Text).As(theme.Dim)))
		}
	}
	if edited {
		lines = append(lines, okLine(text.Lit("the old Dockerfile is kept in a file, and the end tells in which")))
	}
	return append(lines, okLine(text.Lit("the recipe is saved first and kept until it is created again")))
}

// runRebuild starts the workflow. It ends with the program at the latest, and
// then the journal has what is needed to finish it.
func (a *App) runRebuild(s *model.Snapshot, plan RebuildPlan) tea.Cmd {
	if a.state.Pending[s.ID] != nil {
		a.toast.show(toastRefused, "an action on "+s.Name+" is still running", a.now)
		return nil
	}
	if len(plan.Refusals) > 0 {
		a.toast.show(toastRefused, s.Name+" was not rebuilt: "+plan.Refusals[0], a.now)
		return nil
	}
	rebuilder := a.options.Rebuilder
	return a.runWorkflow(s.ID, s.Name, s, func(ctx context.Context, report func(RebuildStep)) RebuildResult {
		return rebuilder.Run(ctx, plan, report)
	})
}

// runWorkflow runs a rebuild, or the rest of one, as an action.
func (a *App) runWorkflow(id, name string, old *model.Snapshot, run func(context.Context, func(RebuildStep)) RebuildResult) tea.Cmd {
	ctx, stop := context.WithCancelCause(a.options.Context)
	op := newPendingAction(rebuildMutation(), id, name, a.now)
	op.Workflow, op.stop, op.Placeholder = true, stop, Rebuilding(old)
	if s := a.selected(); s != nil && s.ID == id {
		op.cursor = true
	}
	a.state.add(op)
	send := a.options.Send
	return func() tea.Msg {
		defer stop(nil)
		result := run(ctx, func(step RebuildStep) { send(rebuildSteppedMsg{id: id, step: step}) })
		return rebuildEndedMsg{id: id, result: result}
	}
}

// apply keeps the steps of a running rebuild. Once the new snapshot has
// an id, its row belongs to the action too.
func (msg rebuildSteppedMsg) apply(a *App) tea.Cmd {
	op := a.state.actions[msg.id]
	if op == nil {
		return nil
	}
	op.Stepped = a.now
	last := len(op.Steps) - 1
	if last >= 0 && op.Steps[last].Name == msg.step.Name {
		op.Steps[last] = msg.step
	} else {
		op.Steps = append(op.Steps, msg.step)
	}
	var cmds []tea.Cmd
	if msg.step.Request != "" {
		if msg.step.Request == http.MethodDelete+" "+model.SnapshotPath(op.ID) && !msg.step.Refused {
			op.Sent = a.now // before that, the old one is what it was
		}
		cmds = append(cmds, a.logStep(op, msg.step))
	}
	if id := msg.step.SnapshotID; id != "" && id != op.ID && a.state.Pending[id] == nil {
		op.RelatedIDs = append(op.RelatedIDs, id)
		a.state.Pending[id] = &op.Pending
		cmds = append(cmds, a.readMade(id))
	}
	if msg.step.Gone {
		op.deletedID = msg.step.SnapshotID
	}
	if msg.step.Done {
		cmds = append(cmds, a.startPoll())
	}
	return tea.Batch(cmds...)
}
