package ui

import (
	"context"
	"net/http"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/running"
)

// Rebuilder rebuilds snapshots. The API has no such call, so it is a workflow: save
// the recipe, delete, wait until the name is free, create, follow.
type Rebuilder interface {
	// Plan returns what a rebuild would do. It sends nothing.
	Plan(model.RebuildRequest) model.Plan
	// Run carries out a plan and returns when the rebuild has ended. The events come
	// one after the other.
	Run(ctx context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error)
	// Unfinished returns the interrupted rebuilds of this server and organization.
	Unfinished(ctx context.Context) ([]model.UnfinishedRebuild, error)
	// Resume resumes an interrupted rebuild by the id of its journal entry.
	Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error)
}

type (
	// rebuildEventMsg is a report of a running rebuild.
	rebuildEventMsg struct {
		id    string
		event model.RebuildEvent
	}
	// rebuildEndedMsg says that a rebuild has ended.
	rebuildEndedMsg struct {
		id     string
		result model.RebuildResult
		err    error
	}
)

// rebuildRequest returns a request for a rebuild in place, with what the dashboard knows.
func (a *App) rebuildRequest(s *model.Snapshot, dockerfile *string) model.RebuildRequest {
	return model.RebuildRequest{
		Snapshot: s, Mode: model.InPlace, Dockerfile: dockerfile, Now: a.now,
		Store: a.state.Data.Store, Regions: a.state.Regions, Access: a.state.access, Organization: a.state.Organization, Release: a.state.server.Version,
	}
}

// refuseRebuild returns why the snapshot cannot be rebuilt.
func refuseRebuild(a *App, s *model.Snapshot) string {
	_, reason := a.planInPlace(s, nil) // same-ref snapshots refuse nothing, and finding them costs a scan
	return reason
}

// planInPlace returns the plan of a rebuild in place, or why there is none. It looks for
// same-ref snapshots in the store, unless that is nil.
func (a *App) planInPlace(s *model.Snapshot, store *model.Store) (plan model.Plan, reason string) {
	switch {
	case a.options.Rebuilder == nil:
		return plan, "the recipe cannot be saved"
	case a.state.Pending[s.ID] != nil:
		return plan, mutation.StillRunning
	}
	request := a.rebuildRequest(s, nil)
	request.Store = store
	if plan = a.options.Rebuilder.Plan(request); plan.Refused() {
		reason = plan.Refusals[0].Text
	}
	return plan, reason
}

// runRebuild starts the workflow. When the program exits, the workflow ends and can be
// resumed from the journal.
func (a *App) runRebuild(s *model.Snapshot, plan model.Plan) tea.Cmd {
	if a.state.Pending[s.ID] != nil {
		a.toast.Show(dialog.Refused, "an action on "+s.Name+" is still running", a.now)
		return nil
	}
	if plan.Refused() {
		a.toast.Show(dialog.Refused, s.Name+" was not rebuilt: "+plan.Refusals[0].Text, a.now)
		return nil
	}
	rebuilder := a.options.Rebuilder
	return a.runWorkflow(mutation.Rebuild(), s.ID, s.Name, s, func(ctx context.Context, report func(model.RebuildEvent)) (model.RebuildResult, error) {
		return rebuilder.Run(ctx, plan, report)
	})
}

// runWorkflow runs or resumes a rebuild or restore as an action.
func (a *App) runWorkflow(m *mutation.Mutation, id, name string, old *model.Snapshot, run func(context.Context, func(model.RebuildEvent)) (model.RebuildResult, error)) tea.Cmd {
	ctx, stop := context.WithCancelCause(a.options.Context)
	op := running.NewAction(m, id, name, a.now)
	op.Workflow, op.Stop, op.Placeholder = true, stop, row.Placeholder(old, m.Name)
	if s := a.selected(); s != nil && s.ID == id {
		op.HadCursor = true
	}
	if a.state.begin(op) {
		a.toast.Clear()
	}
	send := a.options.Send
	return func() tea.Msg {
		defer stop(nil)
		result, err := run(ctx, func(e model.RebuildEvent) { send(rebuildEventMsg{id: id, event: e}) })
		return rebuildEndedMsg{id: id, result: result, err: err}
	}
}

// apply keeps the steps of a running rebuild. Once the new snapshot has an id, its
// row belongs to the action too.
func (msg rebuildEventMsg) apply(a *App) tea.Cmd {
	op, e := a.state.running.Get(msg.id), msg.event
	if op == nil {
		return nil
	}
	a.state.Limit.ApplyRefusal(e.Err)
	op.LastEvent = a.now
	op.Events++
	op.Steps = row.MergeStep(op.Steps, e)
	var cmds []tea.Cmd
	if e.Call != "" {
		if e.Call == http.MethodDelete+" "+model.SnapshotPath(op.ID) && e.Err == nil {
			op.Sent = a.now
		}
		cmds = append(cmds, a.record(op.CallRecord(e, a.state.Data.Store, a.state.Now, a.state.origin(&a.options))))
	}
	if id := e.Replacement(); id != "" && op.Placeholder != nil {
		a.state.Replaced(id, op.Placeholder)
	}
	if id := e.SnapshotID; id != "" && id != op.ID && a.state.Pending[id] == nil {
		op.RelatedIDs = append(op.RelatedIDs, id)
		a.state.Pending[id] = &op.Pending
		cmds = append(cmds, a.options.fetchCreated(id))
	}
	switch {
	case e.OldDeleted():
		op.DeletedID = op.ID
		cmds = append(cmds, a.applyStore(a.state.Data.Store.Without(op.ID)))
	case e.CandidateDeleted():
		candidate, ok := a.state.Data.Store.Get(op.Steps[len(op.Steps)-1].SnapshotID)
		if ok && candidate.Name != op.Name {
			cmds = append(cmds, a.applyStore(a.state.Data.Store.Without(candidate.ID)))
		}
	}
	if e.Phase == model.PhaseDone {
		cmds = append(cmds, a.startPoll())
	}
	return tea.Batch(cmds...)
}
