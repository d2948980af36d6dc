package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/bulk"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// planner plans the rebuilds of a selection.
type planner struct {
	engine     *rebuilder
	all        *selection
	dockerfile *string // nil for that of the snapshot
	mode       model.RebuildMode
	region     string // id, "" for the default
	access     model.Access
}

// plan plans one rebuild. It looks for same-ref snapshots in the store, unless that is nil.
func (p planner) plan(s *model.Snapshot, store *model.Store) model.Plan {
	v := p.all.view
	return p.engine.Plan(model.RebuildRequest{
		Snapshot: s, Mode: p.mode, Dockerfile: p.dockerfile, RegionID: p.region, Now: v.LocalNow(),
		Store: store, Regions: v.Regions, Access: p.access, Organization: v.Organization,
	})
}

// question returns the plans that are not refused, and the question about them.
func (p planner) question(s *session, g *guard) ([]model.Plan, question, error) {
	m, targets, v := mutation.Rebuild(), p.all.targets, p.all.view
	q := question{verb: m.Name, names: g.names, number: true}
	if len(targets) == 1 {
		target := targets[0]
		plan := p.plan(target, v.Data.Store)
		if plan.Refused() {
			return nil, q, refusedError(target.Name, "rebuilt", plan)
		}
		q.count, q.typed = 1, g.typed(targets)
		q.title = mutation.Title(m, target, s.connectionText(v))
		if before, _ := target.Dockerfile(); plan.Edited {
			q.lines = inspect.Diff(before, *p.dockerfile)
		}
		q.lines = append(q.lines, mutation.PlanLines(v, target, plan, plan.Edited)...)
		return []model.Plan{plan}, q, nil
	}
	preview := mutation.PreviewRebuilds(targets, v.Data.Store, func(target *model.Snapshot, store *model.Store) (model.Plan, string) {
		plan := p.plan(target, store)
		if plan.Refused() {
			return plan, plan.Refusals[0].Text
		}
		return plan, ""
	})
	if len(preview.Able) == 0 {
		return nil, q, fmt.Errorf("%s be rebuilt: %s", noneCan(targets), strings.Join(slices.Sorted(maps.Keys(preview.Reasons)), "; "))
	}
	body := mutation.Bulk{Mutation: m, View: v, Preview: preview, Concurrency: bulk.Concurrency, Protect: s.config.Protect}
	q.count, q.typed = len(preview.Able), g.typed(preview.Able)
	q.title = text.Join(mutation.BulkTitle(m, len(preview.Able)).As(theme.Title), text.Sprintf("  in %s", s.connectionText(v)).As(theme.Dim))
	q.lines = append(body.Lines(), typedLines(q.typed)...)
	plans := make([]model.Plan, len(targets))
	for i, target := range targets { // what is refused is skipped and reported
		plans[i] = p.plan(target, v.Data.Store)
	}
	return plans, q, nil
}

// typedLines returns the lines of a question that say what must be typed, and why.
func typedLines(words []typedWord) []text.Line {
	var lines []text.Line
	for _, w := range words {
		lines = append(lines, warningLine(text.Sprintf("%s: %s", w.snapshot.Name, w.reason)))
	}
	return lines
}

// refusedError returns why a plan is refused, in one line.
func refusedError(name, past string, p model.Plan) error {
	refused := &rebuild.RefusedError{Refusals: p.Refusals}
	return exitError{fmt.Errorf("%s cannot be %s: %w", name, past, refused), failureCode(refused)}
}

// regionID returns the id of the region with a name or id, "" for "".
func (a *selection) regionID(region string) (string, error) {
	if region == "" || a.view.Regions == nil {
		return region, nil // the server refuses what it does not know
	}
	var names []string
	for _, r := range a.view.Regions {
		if r.ID == region || r.Name == region {
			return r.ID, nil
		}
		names = append(names, r.Name)
	}
	if len(names) < 2 {
		return region, nil
	}
	return "", usagef("--region is %q, expected %s", region, joinOr(names))
}

// access returns the permissions of the credential, zero if they are not known. It also reads
// the quota into the view, for the question.
func (s *session) access(ctx context.Context, v *row.ViewState) model.Access {
	ctx, cancel := context.WithTimeout(ctx, contextTimeout)
	defer cancel()
	access, _ := s.api.Access(ctx)
	if quota, err := s.api.SnapshotQuota(ctx, v.OrganizationID(), access); err == nil {
		v.SetQuota(quota)
	}
	return access
}

// completeRegion completes the name of a region.
func (p *program) completeRegion(f *flags) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		var names []string
		p.withCompletionAPI(cmd.Context(), f, func(ctx context.Context, api *client.Client) {
			regions, _ := api.Regions(ctx)
			for _, r := range regions {
				if isLiteral(r.Name) {
					names = append(names, r.Name)
				}
			}
		})
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}
