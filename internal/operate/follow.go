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
	// outageTimeout is how long the server may fail to answer while actions are followed.
	outageTimeout = time.Minute
	// maxFollowedByGet is how many actions are read one by one; more are read with a list,
	// if that takes fewer requests.
	maxFollowedByGet = 4
	pageSize         = 200 // of a list
)

// followed is an action that was sent and has no outcome yet.
type followed struct {
	index   int
	fresh   *model.Snapshot // just before the request
	record  activity.Record
	started time.Time
	follow  mutation.Follow
}

// followAll follows what was sent until all of it has ended. sent is closed when nothing more
// is sent.
func (r *runner) followAll(ctx context.Context, sent <-chan struct{}) {
	var failing time.Time // since when no read was answered, zero while they are
	for {
		unresolved := r.unresolved()
		if len(unresolved) == 0 {
			select {
			case <-r.wake:
				continue
			case <-sent:
				if len(r.unresolved()) == 0 {
					return
				}
				continue
			}
		}
		due := r.due(unresolved)
		pause, err := r.readAll(ctx, due)
		switch now := r.Now(); {
		case len(due) == 0:
		case err == nil:
			failing = time.Time{}
		case model.CodeOf(err) == model.Unauthorized: // each further request would count against the address
			r.stop(err)
			r.giveUp(r.unresolved(), oneLine(err))
			continue
		case failing.IsZero():
			failing = now
		case now.Sub(failing) >= outageTimeout:
			r.giveUp(r.unresolved(), "the server does not answer")
			continue
		}
		if r.Sleep(ctx, max(tick, pause)) != nil || ctx.Err() != nil {
			<-sent
			r.giveUp(r.unresolved(), "stopped before its end was known")
			return
		}
	}
}

func (r *runner) unresolved() []*followed {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.followed)
}

// due returns what is to be read now, and gives up what takes too long.
func (r *runner) due(unresolved []*followed) []*followed {
	now := r.Now()
	var due []*followed
	for _, f := range unresolved {
		switch {
		case f.follow.Expired(now), !f.follow.Unknown() && now.Sub(f.follow.Since()) >= giveUpAfter:
			r.giveUp([]*followed{f}, "")
		case f.follow.Due(now):
			due = append(due, f)
		}
	}
	return due
}

// readAll reads the snapshots of actions. The error means that the server did not answer or
// refused the key; pause is how long it wants no request.
func (r *runner) readAll(ctx context.Context, due []*followed) (pause time.Duration, err error) {
	if pages := (r.total + pageSize - 1) / pageSize; len(due) > max(maxFollowedByGet, pages) {
		return r.readList(ctx, due)
	}
	return r.readEach(ctx, due)
}

// readList reads the list and applies it to the actions. It proves no end of a delete.
func (r *runner) readList(ctx context.Context, due []*followed) (pause time.Duration, err error) {
	started := r.Now()
	listing, err := r.API.List(ctx, nil)
	if err != nil {
		return pauseAfter(err)
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
			r.judge(f, s)
			continue
		}
		unlisted = append(unlisted, f)
	}
	return r.readEach(ctx, unlisted)
}

// readEach reads the snapshots one by one. If no read was answered, it returns the error of the
// last one.
func (r *runner) readEach(ctx context.Context, due []*followed) (pause time.Duration, err error) {
	budget := r.API.Budget()
	gap := budget.Window / time.Duration(max(budget.Requests/2, 1))
	answered := false
	for i, f := range due {
		if i >= maxFollowedByGet && r.Sleep(ctx, gap) != nil {
			return 0, nil
		}
		f.follow.Asked(r.Now())
		var s *model.Snapshot
		s, err = r.API.Get(ctx, f.fresh.ID)
		switch code := model.CodeOf(err); {
		case code == model.NotFound, err == nil && s.ID != f.fresh.ID:
			r.judge(f, nil)
			answered = true
		case code == model.RateLimited, code == model.Unauthorized:
			return pauseAfter(err)
		case err == nil:
			r.judge(f, s)
			answered = true
		}
	}
	if answered {
		err = nil
	}
	return 0, err
}

// pauseAfter returns how long to pause after an error. A rate limit is not an outage.
func pauseAfter(err error) (time.Duration, error) {
	if isRateLimit(err) {
		return poller.RetryAfter(model.AsError(err, "")), nil
	}
	return 0, err
}

// judge applies a read of the snapshot, nil if it is proven deleted. It reports whether the
// action has ended.
func (r *runner) judge(f *followed, s *model.Snapshot) bool {
	elapsed := r.Now().Sub(f.started)
	switch f.follow.Judge(s, r.Now()) {
	case mutation.Done:
		r.write(f.record.WithOutcome(activity.Done, r.Mutation.Past+" after "+format.Seconds(elapsed)))
		r.finish(f, Done, "")
	case mutation.Deleted:
		r.write(f.record.WithOutcome(activity.Failed, deletedElsewhere))
		r.finish(f, Failed, deletedElsewhere)
	case mutation.Reverted:
		reason := "reverted, it is " + s.State.Label()
		r.write(f.record.WithOutcome(activity.Failed, reason))
		r.finish(f, Failed, reason)
	case mutation.NotDone:
		r.write(f.record.WithOutcome(activity.Failed, f.follow.Reason()))
		r.finish(f, Failed, f.follow.Reason())
	default:
		return false
	}
	return true
}

// giveUp ends actions with an unknown outcome. detail is "" for those that took too long.
func (r *runner) giveUp(unresolved []*followed, detail string) {
	for _, f := range unresolved {
		var reason string
		switch {
		case f.follow.Unknown() && detail == "":
			reason = f.follow.Reason()
		case f.follow.Unknown():
			reason = f.follow.Reason() + "; " + detail
		case detail == "":
			reason = "accepted, and not done after " + format.Wait(giveUpAfter)
		default:
			reason = "accepted, " + detail
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
