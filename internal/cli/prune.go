package cli

import (
	"context"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// pruneRun is one run of prune.
type pruneRun struct {
	options prune.Options
	query   query.Query
	unused  string // as on the command line
	yes     bool
	output  string

	skew time.Duration // of the server's clock
}

func (r *pruneRun) run(ctx context.Context, s *session) error {
	if r.yes {
		if err := s.checkWritable(); err != nil {
			return err
		}
	}
	plan, err := r.plan(ctx, s)
	if err != nil {
		return err
	}
	if r.output != "json" {
		if err := s.printPlan(plan, r.output); err != nil {
			return err
		}
	}
	targets := plan.Deletes()
	if !r.yes || len(targets) == 0 {
		if r.output == "json" {
			var none []outcome
			if r.yes {
				none = []outcome{}
			}
			return s.printRaw(r.json(plan, none))
		}
		if len(targets) > 0 {
			return printLine(s.Err, text.Lit("nothing was changed · --yes deletes them"))
		}
		return nil
	}
	check := &pruneCheck{session: s, plan: plan, skew: r.skew}
	results, err := s.operate(ctx, mutation.Delete(), targets, check.check)
	if err != nil {
		return err
	}
	outcomes := outcomesOf(mutation.Delete(), results)
	if r.output != "json" {
		return s.printOutcomes(outcomes, "text")
	}
	if err := s.printRaw(r.json(plan, outcomes)); err != nil {
		return err
	}
	return outcomesError(outcomes)
}

// plan reads the snapshots and makes the plan. It asks only for the use of what would go.
func (r *pruneRun) plan(ctx context.Context, s *session) (prune.Plan, error) {
	all, err := s.readAll(ctx)
	if err != nil {
		return prune.Plan{}, err
	}
	if err := all.refuseShort(); err != nil {
		return prune.Plan{}, err
	}
	v := all.view
	if v.Families, err = s.familyRules(s.flags, s.config, s.api.URL()); err != nil {
		return prune.Plan{}, err
	}
	v.Data = row.NewDataset().With(v.Data.Store)
	o := r.options
	o.Now, o.Protect, r.skew = v.Now, s.config.Protect, v.Skew
	in := prune.Input{Store: v.Data.Store, Families: v.Data.Index.Families(v.Families)}
	if in.Match, err = r.match(ctx, v); err != nil {
		return prune.Plan{}, err
	}
	if candidates := prune.Candidates(o, in); len(candidates) > 0 {
		if err := s.readUse(ctx, candidates, &in); err != nil {
			return prune.Plan{}, err
		}
	}
	return prune.New(o, in), nil
}

// match returns a function that reports whether a snapshot matches the query, nil for all.
func (r *pruneRun) match(ctx context.Context, v *row.ViewState) (func(*model.Snapshot) bool, error) {
	if r.query.Empty() {
		return nil, nil
	}
	found, err := v.Data.Index.Search(ctx, r.query, v.QueryContext())
	if err != nil {
		return nil, err
	}
	if len(found.Problems) > 0 {
		return nil, queryError(r.query, found.Problems[0])
	}
	matching := make(map[string]bool, len(found.Snapshots))
	for _, s := range found.Snapshots {
		matching[s.ID] = true
	}
	return func(s *model.Snapshot) bool { return matching[s.ID] }, nil
}

// readUse reads which of the candidates are in use. What the server does not say stays
// unknown; the only error is that of ctx.
func (s *session) readUse(ctx context.Context, candidates []*model.Snapshot, in *prune.Input) error {
	names := make([]string, len(candidates))
	for i, c := range candidates {
		names[i] = c.Name
	}
	uses, _ := s.api.Sandboxes(ctx, names...)
	in.Use = func(s *model.Snapshot) model.Use { return uses[s.Name] }
	in.Pools, in.PoolsErr = s.api.WarmPools(ctx)
	return context.Cause(ctx)
}
