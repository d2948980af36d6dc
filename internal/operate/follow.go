package operate

import (
	"context"
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/poller"
)

const (
	tick = time.Second
	// giveUpAfter is how long an accepted action is followed.
	giveUpAfter = 10 * time.Minute
	// outageTimeout is how long the server may not answer while actions are followed.
	outageTimeout = time.Minute
	// maxFollowedByGet is how many actions are read one by one; more are read with a list,
	// if that takes fewer requests.
	maxFollowedByGet = 4
	pageSize         = 200 // of a list
)

// followed is an action that was sent and has no end yet.
type followed struct {
	index    int
	fresh    *model.Snapshot // just before the request
	record   activity.Record
	started  time.Time
	follow   mutation.Follow
	unlisted bool // the latest list does not have it: a GET decides
}

// followAll follows what was sent until all of it has ended. sent is closed when nothing more
// is sent.
func (r *runner) followAll(ctx context.Context, sent <-chan struct{}) {
	answered := r.Now() // the last time that the server answered
	for {
		open := r.open()
		if len(open) == 0 {
			select {
			case <-r.wake:
				answered = r.Now()
				continue
			case <-sent:
				if len(r.open()) == 0 {
					return
				}
				continue
			}
		}
		ok, pause := r.readDue(ctx, open)
		if now := r.Now(); ok {
			answered = now
		} else if now.Sub(answered) >= outageTimeout {
			r.giveUp(r.open(), "the server does not answer")
			continue
		}
		if r.Sleep(ctx, max(tick, pause)) != nil || ctx.Err() != nil {
			<-sent
			r.giveUp(r.open(), "stopped before its end was known")
			return
		}
	}
}

func (r *runner) open() []*followed {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.followed)
}

// readDue reads what is due, and gives up what takes too long. ok reports that nothing was
// due or the server answered; pause is how long it wants no request.
func (r *runner) readDue(ctx context.Context, open []*followed) (ok bool, pause time.Duration) {
	now := r.Now()
	var due []*followed
	for _, f := range open {
		switch {
		case f.follow.Expired(now), !f.follow.Unknown() && now.Sub(f.follow.Since()) >= giveUpAfter:
			r.giveUp([]*followed{f}, "")
		case f.follow.Due(now):
			due = append(due, f)
		}
	}
	if len(due) == 0 {
		return true, 0
	}
	if pages := (r.total + pageSize - 1) / pageSize; len(due) > max(maxFollowedByGet, pages) {
		return r.readList(ctx, due)
	}
	return r.readEach(ctx, due)
}

// readList reads the list and applies it to the actions. It proves no end of a delete.
func (r *runner) readList(ctx context.Context, due []*followed) (ok bool, pause time.Duration) {
	started := r.Now()
	listing, err := r.API.List(ctx, nil)
	if err != nil {
		return false, pauseAfter(err)
	}
	r.total = len(listing.Snapshots)
	listed := make(map[string]*model.Snapshot, len(listing.Snapshots))
	for _, s := range listing.Snapshots {
		listed[s.ID] = s
	}
	var unlisted []*followed
	for _, f := range due {
		if started.Before(f.follow.Since()) {
			continue // it says nothing about the outcome
		}
		if s := listed[f.fresh.ID]; s != nil {
			f.follow.Asked(r.Now())
			r.read(f, s)
			continue
		}
		unlisted = append(unlisted, f)
	}
	return r.readEach(ctx, unlisted)
}

// readEach reads the snapshots one by one.
func (r *runner) readEach(ctx context.Context, due []*followed) (ok bool, pause time.Duration) {
	ok = len(due) == 0
	budget := r.API.Budget()
	gap := budget.Window / time.Duration(max(budget.Requests/2, 1))
	for i, f := range due {
		if i >= maxFollowedByGet && r.Sleep(ctx, gap) != nil {
			return ok, 0
		}
		f.follow.Asked(r.Now())
		s, err := r.API.Get(ctx, f.fresh.ID)
		switch {
		case model.CodeOf(err) == model.NotFound, err == nil && s.ID != f.fresh.ID:
			r.read(f, nil)
		case isRateLimit(err), model.CodeOf(err) == model.Unauthorized:
			return ok, pauseAfter(err)
		case err != nil:
			continue
		default:
			r.read(f, s)
		}
		ok = true
	}
	return ok, 0
}

// pauseAfter returns how long to send nothing after an error.
func pauseAfter(err error) time.Duration {
	if isRateLimit(err) {
		return poller.RetryAfter(model.AsError(err, ""))
	}
	return 0
}

// read applies what a read shows; nil is a snapshot that is proven to be deleted. It reports
// whether the action has ended.
func (r *runner) read(f *followed, s *model.Snapshot) bool {
	took := r.Now().Sub(f.started)
	switch f.follow.Read(s, r.Now()) {
	case mutation.Done:
		r.write(f.record.WithOutcome(activity.Done, r.Mutation.Past+" after "+format.Seconds(took)))
		r.finish(f, Done, "")
	case mutation.Deleted:
		r.write(f.record.WithOutcome(activity.Failed, deletedElsewhere))
		r.finish(f, Failed, deletedElsewhere)
	case mutation.Reverted:
		reason := "reverted, it is " + s.State.Label()
		r.write(f.record.WithOutcome(activity.Failed, reason))
		r.finish(f, Failed, reason)
	default:
		return false
	}
	return true
}

// giveUp ends actions with an unknown outcome. why is "" for those that took too long.
func (r *runner) giveUp(open []*followed, why string) {
	for _, f := range open {
		reason := why
		switch {
		case f.follow.Unknown() && why == "":
			reason = f.follow.Reason()
		case f.follow.Unknown():
			reason = f.follow.Reason() + "; " + why
		case why == "":
			reason = "accepted, and not done after " + format.Wait(giveUpAfter)
		default:
			reason = "accepted, " + why
		}
		r.write(f.record.WithOutcome(activity.Unknown, reason))
		r.finish(f, Unknown, reason)
	}
}

// finish ends an action that was sent.
func (r *runner) finish(f *followed, outcome Outcome, reason string) {
	r.mu.Lock()
	r.followed = slices.DeleteFunc(r.followed, func(other *followed) bool { return other == f })
	r.mu.Unlock()
	r.end(f.index, outcome, reason, nil, r.Now().Sub(f.started))
}
