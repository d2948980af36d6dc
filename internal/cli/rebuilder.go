package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

var (
	errReadOnly = errors.New("read-only mode")
	errExit     = errors.New("snapdeck is exiting")
)

// rebuilder implements [ui.Rebuilder] and [ui.Trash] with a client and a journal.
type rebuilder struct {
	api      *client.Client
	base     rebuild.Options // of every workflow, without the journal; the target may lack the organization
	journal  *openingJournal
	readOnly bool
	running  runningRebuilds
	// evicted is called with a line for each recipe of a deleted snapshot that was removed to
	// keep the limits; may be nil.
	evicted func(lines []string)

	mu             sync.Mutex
	organizationID string    // "" until it is known
	asked          time.Time // when [rebuilder.target] last asked for it
}

// newRebuilder returns a rebuilder with a journal in journalDir, which it opens in the
// background. If the journal cannot be opened, every plan is refused with the reason. Of
// the environment it uses the clock and the disk.
func newRebuilder(api *client.Client, journalDir string, env Environment, readOnly bool) *rebuilder {
	return &rebuilder{
		api:      api,
		base:     rebuild.Options{API: api, Target: targetOf(api), Now: env.Now, Sleep: env.Sleep},
		journal:  openJournal(env.Disk, journalDir),
		readOnly: readOnly,
	}
}

// serverCheck returns the server check of all rebuilds of a command, nil if it is off.
func serverCheck(c config.Config) *rebuild.ServerCheck {
	if c.ServerCheckOff {
		return nil
	}
	return rebuild.NewServerCheck()
}

// options returns the options of a workflow. It waits for the journal.
func (r *rebuilder) options(ctx context.Context) (rebuild.Options, error) {
	o := r.base
	var err error
	o.Journal, err = r.journal.wait(ctx)
	return o, err
}

// targetOf returns the target of a client. The organization of an API key is not known
// before its snapshots are.
func targetOf(api *client.Client) rebuild.Target {
	return rebuild.Target{APIURL: api.URL(), OrganizationID: api.OrganizationID()}
}

// Plan implements [ui.Rebuilder]. It does not wait for the journal: Run does.
func (r *rebuilder) Plan(q model.RebuildRequest) model.Plan {
	q.JournalErr = r.journal.failure()
	q.ServerCheck = r.base.ServerCheck != nil
	return rebuild.Preflight(q)
}

// Run implements [ui.Rebuilder].
func (r *rebuilder) Run(ctx context.Context, plan model.Plan, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	untouched := model.RebuildResult{Outcome: model.OutcomeUntouched}
	switch {
	case plan.Refused():
		return untouched, &rebuild.RefusedError{Refusals: plan.Refusals}
	case r.readOnly:
		return untouched, errReadOnly
	}
	options, err := r.options(ctx)
	if err != nil {
		return untouched, err
	}
	ended, ok := r.running.start(plan.Snapshot.ID)
	if !ok {
		return untouched, errExit
	}
	if plan.Mode == model.Restore { // only if the snapshot was deleted
		id, _ := r.organization(ctx) // Run refuses an unknown one
		options.Target.OrganizationID = cmp.Or(options.Target.OrganizationID, id)
	}
	result, err := rebuild.New(options).Run(ctx, plan, report)
	ended(result)
	if errors.Is(err, rebuild.ErrUnknownOrganization) {
		err = fmt.Errorf("%w with --organization", err)
	}
	return result, err
}

// Resume implements [ui.Rebuilder].
func (r *rebuilder) Resume(ctx context.Context, id string, report func(model.RebuildEvent)) (model.RebuildResult, error) {
	unfinished := model.RebuildResult{Outcome: model.OutcomeUnfinished, Entry: id}
	if r.readOnly {
		return unfinished, errReadOnly
	}
	options, err := r.options(ctx)
	if err != nil {
		return unfinished, err
	}
	organization, err := r.organization(ctx)
	if err != nil {
		return unfinished, err
	}
	ended, ok := r.running.start(id)
	if !ok {
		return unfinished, errExit
	}
	options.Target.OrganizationID = cmp.Or(options.Target.OrganizationID, organization)
	result, err := rebuild.New(options).Resume(ctx, id, report)
	ended(result)
	if errors.Is(err, rebuild.ErrUnknownOrganization) {
		err = fmt.Errorf("%w: snapdeck recover --resume --organization ID", err)
	}
	return result, err
}

// organizationTimeout bounds the request for the organization at the start, so that the
// question about interrupted rebuilds comes early.
const organizationTimeout = 5 * time.Second

// Unfinished implements [ui.Rebuilder]. If the organization of the key is not known, it
// returns the rebuilds of all organizations of the server: [rebuilder.Resume] checks
// again. If there are only entries that cannot be read, it returns the error of one. It is
// called at the start, so it also removes the recipes of deleted snapshots that are too old.
func (r *rebuilder) Unfinished(ctx context.Context) ([]model.UnfinishedRebuild, error) {
	journal, err := r.journal.wait(ctx)
	if err != nil {
		return nil, err
	}
	r.report(journal.EvictDeleted(r.base.Now()))
	all, err := journal.List()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, organizationTimeout)
	defer cancel()
	target := r.target(ctx)
	var unfinished []model.UnfinishedRebuild
	var unreadable error
	for _, listed := range all {
		unreadable = cmp.Or(unreadable, listed.Err)
		if listed.Err != nil || listed.InUse || !mayBelong(target, listed.Entry.Target) {
			continue
		}
		e := listed.Entry
		old, err := model.Decode(e.Old.JSON)
		if err != nil {
			old = nil // its rebuild has no row, but can be resumed
		}
		unfinished = append(unfinished, model.UnfinishedRebuild{ID: e.ID, SnapshotID: e.Old.ID, Old: old, Name: e.Old.Name, Started: e.Started, Err: e.Err, NameTaken: e.NameTaken, Mode: e.Mode})
	}
	if len(unfinished) == 0 {
		return nil, unreadable
	}
	return unfinished, nil
}

// mayBelong reports whether an entry of the other target may belong to the target.
func mayBelong(target, other rebuild.Target) bool {
	err := target.Accepts(other)
	return err == nil || errors.Is(err, rebuild.ErrUnknownOrganization)
}

// organizationInterval is how often the organization is asked for where it only filters a list.
const organizationInterval = time.Minute

// target returns the server, and the organization if it is known: that of an API key without
// snapshots is not, and the journal is read often.
func (r *rebuilder) target(ctx context.Context) rebuild.Target {
	target, now := r.base.Target, r.base.Now()
	r.mu.Lock()
	wait := r.organizationID == "" && now.Sub(r.asked) < organizationInterval
	if !wait {
		r.asked = now
	}
	r.mu.Unlock()
	if wait {
		return target
	}
	if id, err := r.organization(ctx); err == nil {
		target.OrganizationID = id
	}
	return target
}

// organization returns the organization of the credential, "" if it is not known. A
// JWT contains it. For an API key it is that of the snapshots, which are on the first
// page. It never changes, so it is read once.
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

// firstPage reads one page of the snapshots and returns their organization, "" if there
// are none. An error means that the credential or the server does not work.
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
