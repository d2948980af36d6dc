package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui"
)

var (
	errReadOnly   = errors.New("nothing may be changed: this is read-only")
	errNotOurs    = errors.New("this plan was made by somebody else")
	errEnding     = errors.New("the program is about to end")
	errUnreadable = errors.New("an entry of it is of no known form: snapdeck recover shows it")
)

// rebuilder implements [ui.Rebuilder]. It stands between the dashboard, which knows
// neither client nor journal, and the workflow, which knows no screen.
type rebuilder struct {
	api      *client.Client
	base     rebuild.Options // of every workflow; the organization is added to its target
	trouble  error           // why there is no journal
	readOnly bool
	underway underway

	asking sync.Mutex
	known  string // the organization, once it is
}

// newRebuilder returns a rebuilder with a journal in the folder. Where that cannot
// be opened every plan is refused, and says why. The streams are its clock.
func newRebuilder(api *client.Client, folder string, clock Streams, readOnly bool) *rebuilder {
	journal, err := rebuild.OpenJournal(folder)
	return &rebuilder{
		api:      api,
		base:     rebuild.Options{API: api, Journal: journal, Target: targetOf(api), Now: clock.Now, Sleep: clock.Sleep},
		trouble:  err,
		readOnly: readOnly,
	}
}

// targetOf is where a client leads. The organization of an API key is not known
// before its snapshots are.
func targetOf(api *client.Client) rebuild.Target {
	return rebuild.Target{APIURL: api.URL(), OrganizationID: api.OrganizationID()}
}

// workflow is one that works for the organization, "" where that is not known.
func (r *rebuilder) workflow(organization string) *rebuild.Workflow {
	o := r.base
	if o.Target.OrganizationID == "" {
		o.Target.OrganizationID = organization
	}
	return rebuild.New(o)
}

// carried is what a plan brings back when it is run.
type carried struct {
	plan         rebuild.Plan
	organization string
}

// Plan implements [ui.Rebuilder].
func (r *rebuilder) Plan(q ui.RebuildRequest) ui.RebuildPlan {
	request := rebuild.Request{Snapshot: q.Snapshot, Mode: rebuild.InPlace, Dockerfile: q.Dockerfile, Now: q.Now}
	if q.VerifyFirst {
		request.Mode = rebuild.VerifyFirst
	}
	plan := rebuild.Preflight(request, rebuild.Facts{
		Store: q.Store, Regions: q.Regions, Access: q.Access, Organization: q.Organization, Journal: r.trouble,
	})
	shown := ui.RebuildPlan{Carried: carried{plan: plan, organization: organizationIn(q)}}
	for _, refusal := range plan.Refusals {
		shown.Refusals = append(shown.Refusals, refusal.Text)
	}
	for _, call := range plan.Calls {
		shown.Calls = append(shown.Calls, ui.RebuildCall{Request: call.Method + " " + call.Path, Text: call.Text})
	}
	for _, loss := range plan.Losses {
		shown.Impact = append(shown.Impact, ui.RebuildImpact{Warning: loss.Warning, Text: loss.Text, Bulk: loss.Effect.OfMany()})
	}
	return shown
}

// organizationIn is the organization that the snapshots of a request belong to.
func organizationIn(q ui.RebuildRequest) string {
	if q.Store == nil {
		return ""
	}
	return q.Store.OrganizationID()
}

// Run implements [ui.Rebuilder]. The journal is written to before anything else
// happens, so one that cannot be is found before the delete.
func (r *rebuilder) Run(ctx context.Context, plan ui.RebuildPlan, report func(ui.RebuildStep)) ui.RebuildResult {
	own, ok := plan.Carried.(carried)
	switch {
	case !ok:
		return ui.RebuildResult{Untouched: true, Err: errNotOurs}
	case r.readOnly:
		return ui.RebuildResult{Untouched: true, Err: errReadOnly}
	case r.trouble != nil:
		return ui.RebuildResult{Untouched: true, Err: r.trouble}
	}
	ended, ok := r.underway.begin(own.plan.Snapshot.ID)
	if !ok {
		return ui.RebuildResult{Untouched: true, Err: errEnding}
	}
	result, err := r.workflow(own.organization).Run(ctx, own.plan, stepper(report))
	ended(result)
	return resultOf(result, err)
}

// Finish implements [ui.Rebuilder].
func (r *rebuilder) Finish(ctx context.Context, id string, report func(ui.RebuildStep)) ui.RebuildResult {
	switch {
	case r.readOnly:
		return ui.RebuildResult{Kept: true, Err: errReadOnly}
	case r.trouble != nil:
		return ui.RebuildResult{Kept: true, Err: r.trouble}
	}
	organization, err := r.organization(ctx)
	if err != nil {
		return ui.RebuildResult{Kept: true, Err: err}
	}
	ended, ok := r.underway.begin(id)
	if !ok {
		return ui.RebuildResult{Kept: true, Err: errEnding}
	}
	result, err := r.workflow(organization).Finish(ctx, id, stepper(report))
	ended(result)
	if errors.Is(err, rebuild.ErrUnknownOrganization) {
		err = fmt.Errorf("%w: snapdeck recover --finish --organization ID", err)
	}
	return resultOf(result, err)
}

// firstLook bounds the question for the organization at the start: what was left
// half-way is to be told first of all.
const firstLook = 5 * time.Second

// Unfinished implements [ui.Rebuilder]. Where the organization of the key cannot be
// learnt it returns those of the server: [rebuilder.Finish] asks again.
func (r *rebuilder) Unfinished(ctx context.Context) ([]ui.UnfinishedRebuild, error) {
	if r.trouble != nil {
		return nil, r.trouble
	}
	all, err := r.base.Journal.List()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, firstLook)
	defer cancel()
	target := r.base.Target
	if id, err := r.organization(ctx); err == nil {
		target.OrganizationID = id
	}
	var left []ui.UnfinishedRebuild
	unreadable := false
	for _, one := range all {
		unreadable = unreadable || one.Err != nil
		if one.Err != nil || one.InUse || !mayBelong(target, one.Entry) {
			continue
		}
		e := one.Entry
		old, err := model.Decode(e.Old.JSON)
		if err != nil {
			old = nil // the row of its rebuild stays away, which is no reason not to finish
		}
		left = append(left, ui.UnfinishedRebuild{ID: e.ID, SnapshotID: e.Old.ID, Old: old, Name: e.Old.Name, Started: e.Started, Err: e.Trouble})
	}
	if len(left) == 0 && unreadable {
		return nil, errUnreadable
	}
	return left, nil
}

// mayBelong reports whether nothing speaks against finishing the entry here.
func mayBelong(target rebuild.Target, e rebuild.Entry) bool {
	err := target.Accepts(e.Target)
	return err == nil || errors.Is(err, rebuild.ErrUnknownOrganization)
}

// organization is that of the credential, "" where nothing tells it. A JWT names it;
// an API key does not, but its own snapshots do, which are on the first page. It
// never changes, so it is asked for until it is known.
func (r *rebuilder) organization(ctx context.Context) (string, error) {
	r.asking.Lock()
	defer r.asking.Unlock()
	if r.known == "" {
		r.known = r.api.OrganizationID()
	}
	var err error
	if r.known == "" {
		r.known, err = firstPage(ctx, r.api)
	}
	return r.known, err
}

// firstPage reads no more than one page of the snapshots, and returns the
// organization that they belong to. It shows too that the server lets us in.
func firstPage(ctx context.Context, api *client.Client) (organization string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	seen := false
	_, err = api.List(ctx, func(p model.ListProgress) {
		if !seen {
			seen, organization = true, model.NewStore().Load(p.Snapshots).OrganizationID()
		}
		cancel()
	})
	if seen {
		return organization, nil
	}
	return "", err
}
