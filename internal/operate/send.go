package operate

import (
	"context"
	"errors"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/activity"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/mutation"
	"daytona/snapdeck/ui/poller"
)

// maxWait bounds how long one snapshot waits for the end of rate limits.
const maxWait = 10 * time.Minute

// deletedElsewhere is the reason for a snapshot that another client deleted.
const deletedElsewhere = "deleted elsewhere"

// work sends requests until there are no more targets.
func (r *runner) work(ctx context.Context) {
	for {
		i, ok := r.take(ctx)
		if !ok {
			return
		}
		r.attempt(ctx, i)
	}
}

// attempt sends the request of one target, and sends it again after a rate limit.
func (r *runner) attempt(ctx context.Context, i int) {
	started := r.Now()
	for {
		limited := r.try(ctx, i, started)
		if limited == nil {
			return
		}
		wait := poller.RetryAfter(limited)
		if r.Now().Add(wait).Sub(started) > maxWait {
			r.refused(i, limited, started)
			return
		}
		r.report(Event{Phase: Waiting, Detail: "waiting " + format.Wait(wait) + " because of the rate limit"})
		if r.Sleep(ctx, wait) != nil {
			r.end(i, NotTried, "stopped", context.Cause(ctx), r.Now().Sub(started))
			return
		}
	}
}

// try sends the request of one target. It returns the error of a rate limit, which means that
// nothing was carried out.
func (r *runner) try(ctx context.Context, i int, started time.Time) (limited *model.Error) {
	fresh, reason, err := r.prepare(ctx, r.results[i].Snapshot)
	elapsed := func() time.Duration { return r.Now().Sub(started) }
	switch {
	case isRateLimit(err):
		return model.AsError(err, "")
	case ctx.Err() != nil:
		r.end(i, NotTried, "stopped", context.Cause(ctx), elapsed())
		return nil
	case err != nil:
		r.refused(i, err, started)
		return nil
	case reason != "":
		r.end(i, Skipped, reason, nil, elapsed())
		return nil
	}
	sent := r.Now()
	record := r.record(fresh, sent)
	r.write(sentRecord(record))
	r.report(Event{Phase: Sent, Snapshot: fresh})
	answer, err := r.Mutation.Call(ctx, r.API, fresh)
	if isRateLimit(err) {
		r.write(record.WithOutcome(activity.Failed, err.Error()))
		return model.AsError(err, "")
	}
	f := &followed{index: i, fresh: fresh, record: record, started: started, follow: mutation.NewFollow(r.Mutation, fresh, sent)}
	r.answered(f, answer, err)
	return nil
}

// prepare reads and checks a snapshot just before its request.
func (r *runner) prepare(ctx context.Context, s *model.Snapshot) (fresh *model.Snapshot, reason string, err error) {
	fresh, err = r.API.Get(ctx, s.ID)
	switch {
	case model.CodeOf(err) == model.NotFound, err == nil && fresh.ID != s.ID: // the server looks for a name, too
		return nil, deletedElsewhere, nil
	case err != nil:
		return nil, "", err
	}
	if r.Check != nil {
		reason, err = r.Check(ctx, fresh)
	}
	return fresh, reason, err
}

// answered applies the answer to a request.
func (r *runner) answered(f *followed, answer *model.Snapshot, err error) {
	text, unknown := mutation.Unanswered(err)
	switch {
	case unknown:
		f.follow.Unanswered(text, r.Now())
		r.report(Event{Phase: Unanswered, Snapshot: f.fresh, Detail: text})
	case model.CodeOf(err) == model.NotFound:
		f.follow.NotFound(r.Now())
	case errors.As(err, new(*model.UnsavedError)):
		r.write(f.record.WithOutcome(activity.Failed, err.Error()))
		r.end(f.index, Skipped, oneLine(err), err, r.Now().Sub(f.started))
		return
	case err != nil:
		r.write(f.record.WithOutcome(activity.Failed, err.Error()))
		r.refused(f.index, err, f.started)
		return
	default:
		f.follow.Accepted(r.Now())
		r.report(Event{Phase: Accepted, Snapshot: f.fresh})
		if answer != nil && r.judge(f, answer) {
			return
		}
	}
	r.mu.Lock()
	r.followed = append(r.followed, f)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// refused ends a target for which nothing was carried out. A refused credential or a server
// that cannot be reached stops the others.
func (r *runner) refused(i int, err error, started time.Time) {
	switch model.CodeOf(err) {
	case model.Unauthorized, model.Network, model.RateLimited:
		r.stop(err)
	}
	r.end(i, Failed, oneLine(err), err, r.Now().Sub(started))
}

func isRateLimit(err error) bool {
	known, ok := errors.AsType[*model.Error](err)
	return ok && known.Code == model.RateLimited
}

// oneLine returns the message of an error in one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// record returns what the two records of a request share.
func (r *runner) record(s *model.Snapshot, sent time.Time) activity.Record {
	record := r.Base
	record.Time, record.Sent = sent.UTC(), sent.UTC()
	record.Action, record.ID, record.Name = r.Mutation.Name, s.ID, s.Name
	record.Request = r.Mutation.Method + " " + r.Mutation.Path(s.ID)
	if record.Organization == "" {
		record.Organization = s.OrganizationID.Value
	}
	return record
}

func sentRecord(record activity.Record) activity.Record {
	record.Phase, record.Result = activity.Sent, "sent"
	return record
}

// write writes to the log of actions, which only explains what happened: the caller reports
// its errors.
func (r *runner) write(record activity.Record) {
	if record.Phase == activity.Ended {
		record.Time = r.Now().UTC()
		record.Seconds = record.Time.Sub(record.Sent).Seconds()
	}
	if r.Record != nil {
		_ = r.Record(record)
	}
}
