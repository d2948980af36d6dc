package cli

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"daytona/snapdeck/internal/operate"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/text"
)

// workflowRun runs plans of the rebuild engine: rebuilds, restores and creates.
type workflowRun struct {
	*session
	engine *rebuilder
	action string // "rebuild"
	past   string // "rebuilt"
	logs   bool   // print build logs
	record func(activity.Record) error
	shown  *progress
	check  func(context.Context, *model.Snapshot) (string, error) // just before a run, may be nil

	mu      sync.Mutex
	ended   int
	stopped bool // a further run would fail in the same way
}

// runPlans runs the plans, a few at a time, and prints the results. Unfinished entries are an
// error.
func (w *workflowRun) runPlans(ctx context.Context, plans []model.Plan, output string) error {
	w.shown = w.newProgress(len(plans))
	results := make([]outcome, len(plans))
	turns := make(chan int)
	var workers sync.WaitGroup
	for range min(bulk.Concurrency, len(plans)) {
		workers.Go(func() {
			for i := range turns {
				results[i] = w.runPlan(ctx, plans[i])
			}
		})
	}
	for i := range plans {
		turns <- i
	}
	close(turns)
	workers.Wait()
	w.shown.finish()
	err := w.printOutcomes(results, output)
	if w.flags.demo {
		return err // the demo server ends as well
	}
	if unfinished := w.engine.unfinished(w.flags.resumeCommand()); unfinished != nil {
		if context.Cause(ctx) != nil {
			w.printError(unfinished) // the signal decides the exit code
		}
		return unfinished
	}
	return err
}

// runPlan runs one plan.
func (w *workflowRun) runPlan(ctx context.Context, plan model.Plan) outcome {
	name := plan.Recipe.Name
	o := outcome{ID: plan.Snapshot.ID, Name: name, Action: w.action, Outcome: operate.NotTried, past: w.past}
	if plan.Mode == model.Create {
		o.ID = "" // it has none yet
	}
	w.mu.Lock()
	stopped := w.stopped
	w.mu.Unlock()
	if stopped || ctx.Err() != nil {
		return o
	}
	started := w.Now()
	if w.check != nil {
		reason, err := w.check(ctx, plan.Snapshot)
		if reason != "" || err != nil {
			o.Outcome, o.Reason, o.err = operate.Skipped, reason, err
			w.end(o)
			return o
		}
	}
	log := &planLog{ctx: ctx, run: w, plan: plan, started: started}
	result, err := w.engine.Run(ctx, plan, log.event)
	log.ended(result, err)
	o.apply(result, err, w.Now().Sub(started))
	w.end(o)
	return o
}

// apply sets the outcome from what a run returned.
func (o *outcome) apply(result model.RebuildResult, err error, took time.Duration) {
	o.Seconds, o.err = took.Round(time.Millisecond).Seconds(), err
	ended, wrong := mutation.RebuildOutcome(result, err, took)
	if result.New != nil {
		o.NewID, o.State = result.New.ID, result.New.State
	}
	o.Reason = wrong
	switch {
	case result.Outcome == model.OutcomeRebuilt && err == nil:
		o.Outcome, o.Reason = operate.Done, ""
		if result.Replaced != "" {
			o.Reason = ended // names the file with the old Dockerfile
		}
	case errors.As(err, new(*rebuild.RefusedError)):
		o.Outcome = operate.Skipped
	case result.Outcome == model.OutcomeAccepted && !errors.Is(err, rebuild.ErrDeactivated) && !errors.Is(err, rebuild.ErrDeleted):
		o.Outcome = operate.Unknown
	default:
		o.Outcome = operate.Failed
	}
}

// end prints the end of a run. A refused key or an unreachable server stops the others.
func (w *workflowRun) end(o outcome) {
	w.mu.Lock()
	w.ended++
	ended := w.ended
	switch model.CodeOf(o.err) {
	case model.Unauthorized, model.Network:
		w.stopped = true
	}
	w.mu.Unlock()
	w.shown.outcome(o, time.Duration(o.Seconds*float64(time.Second)), ended)
}

// planLog reports and records the events of one plan.
type planLog struct {
	ctx     context.Context
	run     *workflowRun
	plan    model.Plan
	started time.Time
	shown   model.State
	logged  []string // ids of snapshots whose build log is printed
	logs    sync.WaitGroup
}

// event prints the steps, the answers of the server and the states, and records each
// request as soon as it is answered.
func (l *planLog) event(e model.RebuildEvent) {
	name := l.plan.Recipe.Name
	switch {
	case e.Call != "":
		l.run.shown.step(text.Sprintf("%s: %s → %s", name, e.Call, e.Detail))
		record := l.record().WithOutcome(activity.OutcomeOf(e.Err), e.Detail)
		record.Time, record.Request, record.Seconds = e.At, e.Call, e.Duration.Seconds()
		if e.SnapshotID != "" {
			record.ID = e.SnapshotID
		}
		if e.Step == model.StepCreate && l.plan.Mode != model.Create {
			record = record.Replaced(e.Created, l.plan.Snapshot)
		}
		_ = l.run.record(record)
	case e.Phase == model.PhaseStarted:
		l.shown = ""
		l.run.shown.step(text.Sprintf("%s: %s", name, e.Step.Label()))
	case e.Phase == model.PhaseProgress && e.State == "":
		l.run.shown.step(text.Sprintf("%s: %s", name, e.Detail))
	case e.Phase == model.PhaseProgress && e.State != l.shown:
		l.shown = e.State
		l.run.shown.step(text.Sprintf("%s: %s, %s", name, e.Step.Label(), e.State.Label()))
	}
	if l.run.logs && l.hasLog(e) && !slices.Contains(l.logged, e.SnapshotID) {
		l.logged = append(l.logged, e.SnapshotID)
		l.follow(e.SnapshotID)
	}
}

// hasLog reports whether the event is of a build. One that fails between two polls is never
// seen building.
func (l *planLog) hasLog(e model.RebuildEvent) bool {
	if e.Step != model.StepFollow && e.Step != model.StepCandidate {
		return false
	}
	return e.State == model.StateBuilding || e.State.Failed() && l.plan.Recipe.BuildInfo != nil
}

// logTail is how long the rest of a build log is read after the build has ended.
const logTail = 3 * time.Second

// follow prints the log of a build to stderr.
func (l *planLog) follow(id string) {
	l.logs.Go(func() {
		lines := &safeLines{print: func(line text.Line) error {
			l.run.shown.line(text.Sprintf("%s | %s", l.plan.Recipe.Name, line.Plain()))
			return nil
		}}
		_ = l.run.api.BuildLogs(l.ctx, id, true, lines) // optional: the outcome does not depend on it
		lines.flush()
	})
}

// ended records the end of the plan, and waits for the end of its logs.
func (l *planLog) ended(result model.RebuildResult, err error) {
	read := make(chan struct{})
	go func() {
		l.logs.Wait()
		close(read)
	}()
	select {
	case <-read:
	case <-time.After(logTail):
	}
	outcome, kind := string(result.Outcome), activity.Done
	if err != nil {
		outcome, kind = err.Error(), activity.Failed
	}
	record := l.record().WithOutcome(kind, outcome)
	record.Time = l.run.Now().UTC()
	record.Seconds = record.Time.Sub(l.started).Seconds()
	_ = l.run.record(record)
}

func (l *planLog) record() activity.Record {
	organization := l.plan.OrganizationID
	if own := l.run.api.OrganizationID(); own != "" {
		organization = own
	}
	return activity.Record{
		Host: l.run.api.Host(), URL: l.run.api.URL(), Organization: organization,
		Action: l.run.action, ID: l.plan.Snapshot.ID, Name: l.plan.Recipe.Name,
	}
}
