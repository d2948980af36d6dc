package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/operate"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// mutateRun is one run of activate, deactivate or delete.
type mutateRun struct {
	selector
	confirmFlags
	mutation *mutation.Mutation
	output   string
}

func (r *mutateRun) run(ctx context.Context, s *session) error {
	if err := s.checkWritable(); err != nil {
		return err
	}
	all, err := r.read(ctx, s)
	if err != nil {
		return err
	}
	if len(all.targets) == 0 {
		return s.nothingMatches(r.output)
	}
	preview := mutation.PreviewOf(r.mutation, all.view, all.targets)
	if len(preview.Able) == 0 {
		reasons := strings.Join(slices.Sorted(maps.Keys(preview.Reasons)), "; ")
		return fmt.Errorf("%s be %s: %s", noneCan(all.targets), r.mutation.Past, reasons)
	}
	g := s.newGuard(ctx, r.mutation, all)
	if err := s.ask(ctx, r.question(s, all, preview, g), r.confirmFlags); err != nil {
		return err
	}
	results, err := s.operate(ctx, r.mutation, all.targets, g.check)
	if err != nil {
		return err
	}
	return s.printOutcomes(outcomesOf(r.mutation, results), r.output)
}

// question returns the question with the content of the dashboard's dialog.
func (r *mutateRun) question(s *session, all *selection, preview mutation.Preview, g *guard) question {
	m, able := r.mutation, preview.Able
	connection := s.connectionText(all.view)
	q := question{verb: m.Name, count: len(able), names: g.names, typed: g.typed(able), number: m.Disruptive}
	if len(all.targets) == 1 {
		target := able[0]
		q.title = mutation.Title(m, target, connection)
		q.lines = append([]text.Line{text.Sprintf("%s %s", m.Method, m.Path(target.ID)).As(theme.Text)}, m.Impact(all.view, target)...)
	} else {
		body := mutation.Bulk{Mutation: m, View: all.view, Preview: preview, Concurrency: bulk.Concurrency, Protect: s.config.Protect}
		q.title = text.Join(mutation.BulkTitle(m, len(able)).As(theme.Title), text.Sprintf("  in %s", connection).As(theme.Dim))
		q.lines = append(body.Lines(), typedLines(q.typed)...)
	}
	return q
}

// connectionText names the organization and the host.
func (s *session) connectionText(v *row.ViewState) string {
	return strings.Join(slices.DeleteFunc([]string{v.OrganizationName(), s.host()}, func(part string) bool { return part == "" }), " · ")
}

// nothingMatches ends a command on a query that selects nothing.
func (s *session) nothingMatches(output string) error {
	_ = printLine(s.Err, text.Lit("no snapshots match"))
	return s.printOutcomes(nil, output)
}

// noneCan starts the error for an action that is possible on none of the targets.
func noneCan(targets []*model.Snapshot) string {
	if len(targets) == 1 {
		return targets[0].Name + " cannot"
	}
	return fmt.Sprintf("none of the %d snapshots can", len(targets))
}

// checkWritable refuses a command that changes the server in the read-only mode of the
// configuration.
func (s *session) checkWritable() error {
	if readOnly(s.set, s.flags, s.config, s.source) {
		return usagef("%w is on in the configuration", errReadOnly)
	}
	return nil
}

// operate runs a mutation on the targets, prints its progress and returns the results. check
// is called just before each request, see [operate.Options].
func (s *session) operate(ctx context.Context, m *mutation.Mutation, targets []*model.Snapshot, check func(context.Context, *model.Snapshot) (string, error)) ([]operate.Result, error) {
	dir, err := s.openState(s.flags.demo)
	if err != nil {
		return nil, err
	}
	defer dir.close()
	engine := s.rebuilder(dir)
	defer engine.journal.settle()
	o := operate.Options{
		API: trashAPI{s.api, engine}, Mutation: m, Now: s.Now, Sleep: s.Sleep, Check: check,
		Base:   activity.Record{Host: s.api.Host(), URL: s.api.URL(), Organization: s.api.OrganizationID()},
		Record: s.recorder(dir),
	}
	shown, before := s.newProgress(len(targets)), ""
	if m.Method == http.MethodDelete && !s.config.TrashOff {
		before = "saving its recipe, then "
	}
	o.Report = func(e operate.Event) { shown.event(m, before, e) }
	results := operate.Run(ctx, o, targets)
	shown.finish()
	return results, nil
}

// recorder returns a function that writes to the log of actions, and prints the first error.
func (s *session) recorder(dir state) func(activity.Record) error {
	write, once := newRecorder(dir.dir), sync.Once{}
	return func(r activity.Record) error {
		err := write(r)
		if err != nil {
			once.Do(func() { s.printError(fmt.Errorf("the action log cannot be written: %w", err)) })
		}
		return err
	}
}

// rebuilder returns the engine of rebuilds, restores and deletes with a recipe.
func (s *session) rebuilder(dir state) *rebuilder {
	r := newRebuilder(s.api, dir.rebuilds(), s.Environment, false)
	r.base.TrashOff, r.base.ServerCheck = s.config.TrashOff, serverCheck(s.config)
	r.evicted = func(lines []string) {
		for _, line := range lines {
			s.printError(errors.New(line))
		}
	}
	return r
}

// trashAPI is a client that saves the recipe of a snapshot before it deletes the snapshot.
type trashAPI struct {
	*client.Client
	trash *rebuilder
}

// Delete implements [mutation.Deleter].
func (a trashAPI) Delete(ctx context.Context, s *model.Snapshot) error { return a.trash.Delete(ctx, s) }

// DeleteUnsaved implements [mutation.Deleter].
func (a trashAPI) DeleteUnsaved(ctx context.Context, s *model.Snapshot) error {
	return a.trash.DeleteUnsaved(ctx, s)
}

// event prints the progress of one snapshot. before is what is done before the request.
func (p *progress) event(m *mutation.Mutation, before string, e operate.Event) {
	name := ""
	if e.Snapshot != nil {
		name = e.Snapshot.Name
	}
	switch e.Phase {
	case operate.Sent:
		p.step(text.Sprintf("%s: %s%s %s", name, before, m.Method, m.Path(e.Snapshot.ID)))
	case operate.Unanswered:
		p.line(text.Sprintf("%s: %s, outcome unknown, asking again", name, e.Detail))
	case operate.Waiting:
		p.wait(text.Cell(e.Detail))
	case operate.Ended:
		p.outcome(outcomeOf(m, *e.Result), e.Result.Elapsed, e.Ended)
	}
}

// outcome prints the end of an action on one snapshot, of so many that have ended.
func (p *progress) outcome(o outcome, took time.Duration, ended int) {
	if o.Outcome == operate.Done {
		p.end(text.Sprintf("%s: %s after %s", o.Name, o.past, format.Seconds(took)), true)
	} else {
		p.end(o.line().Plain(), false)
	}
	p.ended(ended)
}

func outcomeOf(m *mutation.Mutation, r operate.Result) outcome {
	return outcome{
		ID: r.Snapshot.ID, Name: r.Snapshot.Name, Action: m.Name, Outcome: r.Outcome, Reason: r.Reason,
		Seconds: r.Elapsed.Round(time.Millisecond).Seconds(), past: m.Past, err: r.Err,
	}
}

func outcomesOf(m *mutation.Mutation, results []operate.Result) []outcome {
	all := make([]outcome, len(results))
	for i, r := range results {
		all[i] = outcomeOf(m, r)
		if r.Outcome == operate.NotTried && r.Reason == "" && r.Err != nil && !errors.Is(r.Err, context.Canceled) {
			all[i].Reason = r.Err.Error()
		}
	}
	return all
}
