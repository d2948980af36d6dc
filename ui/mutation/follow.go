package mutation

import (
	"time"

	"daytona/snapdeck/model"
)

const (
	// askFor is how long the snapshot is read while the outcome is unknown.
	askFor = 10 * time.Minute
	// askEvery is the time between two of these reads, after the first few.
	askEvery = 10 * time.Second
	// slowest is the longest time between two reads of an accepted action: the server
	// removes rows every 10 s.
	slowest = 5 * time.Second
	// Overdue is when a removal takes unusually long: the server needs up to 10 s.
	Overdue = time.Minute
	// revertedFor is how long reads must show a changed snapshot before its delete counts
	// as reverted. One that is unchanged since the request may be a stale read, so it must
	// stay for [Overdue].
	revertedFor = 2 * time.Second
)

// Verdict is what a read of the snapshot means for a request.
type Verdict string

// The verdicts.
const (
	Open     Verdict = "open"     // nothing is proven yet
	Done     Verdict = "done"     // the snapshot shows what was asked for
	Reverted Verdict = "reverted" // the server undid it
	Deleted  Verdict = "deleted"  // the snapshot was deleted, which was not asked for
	NotDone  Verdict = "not done" // it is unchanged after a 404, or long after a request of an earlier run
)

// Follow decides when a request is done. It reads no clock and sends nothing: the caller
// reads the snapshot when [Follow.Due] says so, and passes it to [Follow.Judge].
type Follow struct {
	mutation *Mutation
	before   *model.Snapshot // the latest version from before the outcome, may be nil
	sent     time.Time
	resumed  bool // sent by an earlier run
	notFound bool // the answer was 404

	since  time.Time // when it was accepted or found to be unanswered, zero before
	until  time.Time // when it gives up an unknown outcome
	answer string    // what came instead of an answer; "" once it is accepted
	asked  int
	next   time.Time // when to ask

	listed        model.State // that the latest read showed while the outcome is unknown
	revertedSince time.Time   // since when reads show that it is reverted, zero if they do not
}

// NewFollow follows a request that is sent now for the snapshot as it is known.
func NewFollow(m *Mutation, before *model.Snapshot, now time.Time) Follow {
	return Follow{mutation: m, before: before, sent: now}
}

// Resumed follows a request of an earlier run that ended before the outcome was known.
func Resumed(m *Mutation, before *model.Snapshot, sent, now time.Time) Follow {
	f := Follow{mutation: m, before: before, sent: sent, resumed: true, since: now, answer: "no answer", next: now}
	f.until = sent.Add(askFor)
	if earliest := now.Add(Overdue); f.until.Before(earliest) {
		f.until = earliest
	}
	return f
}

// Accepted records that the server accepted the request.
func (f *Follow) Accepted(now time.Time) {
	f.since, f.answer, f.asked = now, "", 0
	f.next = now.Add(time.Second)
}

// Unanswered records that the outcome is unknown, and what came instead of an answer.
func (f *Follow) Unanswered(answer string, now time.Time) {
	f.since, f.until, f.answer, f.asked = now, now.Add(askFor), answer, 0
	f.next = now.Add(time.Second)
}

// NotFound records the answer 404. It does not prove a delete, because the server also sends it
// for what it does not permit: the snapshot is read at once.
func (f *Follow) NotFound(now time.Time) {
	f.Unanswered("answer 404: not found", now)
	f.notFound, f.next = true, now
}

// Unknown reports whether the server may or may not have carried out the request.
func (f *Follow) Unknown() bool { return f.answer != "" }

// Late reports whether an earlier run sent the request.
func (f *Follow) Late() bool { return f.resumed }

// Since returns when the request was answered, or found to be unanswered. A read that began
// before proves nothing about the outcome.
func (f *Follow) Since() time.Time { return f.since }

// Next returns when the snapshot is read next.
func (f *Follow) Next() time.Time { return f.next }

// Due reports whether the snapshot should be read now.
func (f *Follow) Due(now time.Time) bool { return !f.since.IsZero() && !now.Before(f.next) }

// Asked records that the snapshot is read now. While the outcome is unknown, it is read after
// 1, 2 and 5 s, then every 10 s.
func (f *Follow) Asked(now time.Time) {
	f.asked++
	switch {
	case !f.Unknown():
		f.next = now.Add(min(time.Duration(f.asked+1)*time.Second, slowest))
	case f.asked == 1:
		f.next = now.Add(time.Second)
	case f.asked == 2:
		f.next = now.Add(3 * time.Second)
	default:
		f.next = now.Add(askEvery)
	}
}

// Expired reports whether it is time to give up an unknown outcome.
func (f *Follow) Expired(now time.Time) bool { return f.Unknown() && !now.Before(f.until) }

// Judge judges a read of the snapshot that began after [Follow.Since]. A nil snapshot is
// proven to be deleted.
func (f *Follow) Judge(s *model.Snapshot, now time.Time) Verdict {
	switch {
	case f.mutation.Ends(s):
		return Done
	case s == nil:
		return Deleted
	case s.State == f.mutation.Shows && f.Unknown():
		f.Accepted(now)
		f.before = s
	case f.Unknown():
		f.listed = s.State
		if f.notFound || f.resumed && now.Sub(f.sent) >= askFor {
			return NotDone
		}
	case f.mutation.Reverted(s):
		return f.reverted(s, now)
	default:
		f.revertedSince = time.Time{}
		f.before = s
	}
	return Open
}

// reverted judges a read that shows no sign of an accepted request. One such read does not
// prove that the server reverted it: it may be stale.
func (f *Follow) reverted(s *model.Snapshot, now time.Time) Verdict {
	if f.revertedSince.IsZero() {
		f.revertedSince = now
	}
	wait := Overdue
	if f.before != nil && updatedAfter(s, f.before) {
		wait = revertedFor
	}
	if now.Sub(f.revertedSince) < wait {
		return Open
	}
	return Reverted
}

func updatedAfter(s, before *model.Snapshot) bool {
	at, ok := s.UpdatedAt.Get()
	earlier, known := before.UpdatedAt.Get()
	return ok && known && at.After(earlier)
}

// Reason returns why the outcome is unknown, and what the latest read showed.
func (f *Follow) Reason() string {
	if f.listed == "" {
		return f.answer
	}
	return f.answer + ", still listed as " + f.listed.Label()
}
