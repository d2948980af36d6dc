package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

var (
	errReadOnly   = errors.New("nothing may be changed: this is read-only")
	errEnding     = errors.New("the program is about to end")
	errUnreadable = errors.New("an entry of it is of no known form: snapdeck recover shows it")
)

// rebuilder implements [ui.Rebuilder]. It stands between the dashboard, which knows
// neither client nor journal, and the workflow, which knows no screen.
type rebuilder struct {
	api        *client.Client
	base       rebuild.Options // of every workflow; the organization is added to its target
	journalErr error           // why there is no journal
	readOnly   bool
	running    runningRebuilds

	mu             sync.Mutex
	organizationID string // the organization, once it is
}

// newRebuilder returns a rebuilder with a journal in the folder. Where that cannot
// be opened every plan is refused, and says why. The streams are its clock.
func newRebuilder(api *client.Client, folder string, clock Environment, readOnly bool) *rebuilder {
	journal, err := rebuild.OpenJournal(folder)
	return &rebuilder{
		api:        api,
		base:       rebuild.Options{API: api, Journal: journal, Target: targetOf(api), Now: clock.Now, Sleep: clock.Sleep},
		journalErr: err,
		readOnly:   readOnly,
	}
}

// targetOf is where a client leads. The organization of an API key is not known
// originals its snapshots are.
func targetOf(api *client.Client) rebuild.Target {
	return rebuild.Target{APIURL: api.URL(), OrganizationID: api.OrganizationID()}
}

// Plan implements [ui.Rebuilder].
func (r *rebuilder) Plan(q model.RebuildRequest) model.Plan {
	q.JournalErr = r.journalErr
	return rebuild.Preflight(q)
}

// Run implements [ui.Rebuilder]. The journal is written to before anything else
// happens, so one that cannot be is found before the delete.
func (r *rebuilder) Run(ctx context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	untouched := model.RebuildResult{Outcome: model.OutcomeUntouched}
	switch {
	case plan.Refused():
		return untouched, &rebuild.RefusedError{Refusals: plan.Refusals}
	case r.readOnly:
		return untouched, errReadOnly
	case r.journalErr != nil:
		return untouched, r.journalErr
	}
	ended, ok := r.running.start(plan.Snapshot.ID)
	if !ok {
		return untouched, errEnding
	}
	result, err := rebuild.New(r.base).Run(ctx, plan, report)
	ended(result)
	return result, err
}

// Resume implements [ui.Rebuilder].
func (r *rebuilder) Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	unfinished := model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: id}
	switch {
	case r.readOnly:
		return unfinished, errReadOnly
	case r.journalErr != nil:
		return unfinished, r.journalErr
	}
	organization, err := r.organization(ctx)
	if err != nil {
		return unfinished, err
	}
	ended, ok := r.running.start(id)
	if !ok {
		return unfinished, errEnding
	}
	o := r.base
	o.Target.OrganizationID = cmp.Or(o.Target.OrganizationID, organization)
	result, err := rebuild.New(o).Resume(ctx, id, report)
	ended(result)
	if errors.Is(err, rebuild.ErrUnknownOrganization) {
		err = fmt.Errorf("%w: snapdeck recover --finish --organization ID", err)
	}
	return result, err
}

// firstLook bounds the question for the organization at the start: what was left
// half-way is to be told first of all.
const organizationTimeout = 5 * time.Second

// Unfinished implements [ui.Rebuilder]. Where the organization of the key cannot be
// learnt it returns those of the server: [rebuilder.Finish] asks again.
func (r *rebuilder) Unfinished(ctx context.Context) ([]model.UnfinishedRebuild, error) {
	if r.journalErr != nil {
		return nil, r.journalErr
	}
	all, err := r.base.Journal.List()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, organizationTimeout)
	defer cancel()
	target := r.base.Target
	if id, err := r.organization(ctx); err == nil {
		target.OrganizationID = id
	}
	var left []model.UnfinishedRebuild
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
		left = append(left, model.UnfinishedRebuild{ID: e.ID, SnapshotID: e.Old.ID, Old: old, Name: e.Old.Name, Started: e.Started, Err: e.Err})
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
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.organizationID == "" {
		r.organizationID = r.api.OrganizationID()
	}
	var err error
	if r.organizationID == "" {
		r.organizationID, err = firstPage(ctx, r.api)
	}
	return r.organizationID, err
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
