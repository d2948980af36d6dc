// Package bulk manages the queue and the progress of an action on many items.
//
// It starts nothing and reads no clock: the caller takes the next item, starts it, and
// reports the result.
package bulk

import (
	"slices"
	"time"

	"daytona/snapdeck/ui/text"
)

// Concurrency is how many items run at a time. The server handled 8 without errors; half of
// that leaves capacity for the organization's other clients.
const Concurrency = 4

// Action is an action on many items. The zero value is no action. S is the type of
// [Item.Start].
type Action[S any] struct {
	title    text.Safe // "Delete 12 snapshots"
	past     string    // "deleted"
	queue    []Item[S] // not tried yet
	running  map[string]bool
	total    int
	done     int
	failures []ended
	unknown  []ended
	stopped  bool
	resume   time.Time // nothing starts before this time, because of a rate limit
	started  time.Time
	elapsed  time.Duration // 0 until the action has ended
}

// Item is one item of an action. Start is what the caller needs to start it.
type Item[S any] struct {
	ID, Name string
	Start    S
}

// ended is an item on which the action failed, or has an unknown outcome.
type ended struct{ id, name, reason string }

// Counts are how many items are in which state. They add up to the number of items.
type Counts struct{ Done, Failed, Unknown, Running, NotTried int }

// New returns an action with a title on the items, in order. past is the past participle of
// the action, such as "deleted".
func New[S any](title text.Safe, past string, items []Item[S], now time.Time) Action[S] {
	return Action[S]{
		title: title, past: past, queue: slices.Clone(items), total: len(items),
		running: make(map[string]bool), started: now,
	}
}

// Active reports whether the action has started and not ended.
func (a *Action[S]) Active() bool { return a.total > 0 && a.elapsed == 0 }

// Stopping reports whether the action only waits for the running items.
func (a *Action[S]) Stopping() bool { return a.Active() && a.stopped }

// Owns reports whether the item runs as part of the action.
func (a *Action[S]) Owns(id string) bool { return a.running[id] }

// Awaits reports whether the outcome of the action on the item is unknown.
func (a *Action[S]) Awaits(id string) bool { return a.unknownAt(id) >= 0 }

func (a *Action[S]) unknownAt(id string) int {
	return slices.IndexFunc(a.unknown, func(e ended) bool { return e.id == id })
}

// Counts returns the progress.
func (a *Action[S]) Counts() Counts {
	return Counts{Done: a.done, Failed: len(a.failures), Unknown: len(a.unknown), Running: len(a.running), NotTried: len(a.queue)}
}

// Paused returns how long the rate limit still prevents new items.
func (a *Action[S]) Paused(now time.Time) time.Duration { return max(0, a.resume.Sub(now)) }

// Next removes the next item from the queue, if one may start with inFlight requests in
// flight. The caller then calls Started or Failed.
func (a *Action[S]) Next(now time.Time, inFlight int) (Item[S], bool) {
	if !a.Active() || a.stopped || len(a.queue) == 0 || inFlight >= Concurrency || a.Paused(now) > 0 {
		return Item[S]{}, false
	}
	next := a.queue[0]
	a.queue = a.queue[1:]
	return next, true
}

// Started records that an item is running.
func (a *Action[S]) Started(id string) { a.running[id] = true }

// Done records that the action on an item succeeded.
func (a *Action[S]) Done(id string) {
	a.end(id)
	a.done++
}

// Failed records that the action on an item failed, or could not start.
func (a *Action[S]) Failed(id, name, reason string) {
	a.end(id)
	a.failures = append(a.failures, ended{id, name, reason})
}

// Unknown notes that the outcome of the action on an item is unknown, and why. The action
// does not wait for it: Done or Failed may follow, also after its end.
func (a *Action[S]) Unknown(id, name, reason string) {
	delete(a.running, id)
	now := ended{id, name, reason}
	if i := a.unknownAt(id); i >= 0 {
		a.unknown[i] = now
		return
	}
	a.unknown = append(a.unknown, now)
}

// Release keeps the outcome of the action on an item as it is: another action on the item
// has begun.
func (a *Action[S]) Release(id string) {
	if i := a.unknownAt(id); i >= 0 {
		a.unknown[i].id = ""
	}
}

func (a *Action[S]) end(id string) {
	delete(a.running, id)
	if i := a.unknownAt(id); i >= 0 {
		a.unknown = slices.Delete(a.unknown, i, i+1)
	}
}

// Requeue moves a running item back to the head of the queue.
func (a *Action[S]) Requeue(item Item[S]) {
	delete(a.running, item.ID)
	a.queue = slices.Insert(a.queue, 0, item)
}

// Pause prevents new items until the given time.
func (a *Action[S]) Pause(until time.Time) { a.resume = until }

// LeaveName returns what leaving the dialog does: it stops the action, or closes the report.
func (a *Action[S]) LeaveName() string {
	if a.Active() {
		return "stop"
	}
	return "close"
}

// Stop prevents new items.
func (a *Action[S]) Stop() { a.stopped = true }

// Settle ends the action if nothing is running and nothing more will start.
func (a *Action[S]) Settle(now time.Time) {
	if a.Active() && len(a.running) == 0 && (len(a.queue) == 0 || a.stopped) {
		a.elapsed = max(now.Sub(a.started), time.Millisecond)
	}
}
