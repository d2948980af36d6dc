package demo

// Idle snapshots are put to sleep by the server itself.

// sleepAfter is how long an active snapshot may be idle before it is deactivated.
const sleepAfter = sleepAfterMinutes * minute

const sleepAfterMinutes = 20160

// coolDown is how long after its deactivation a snapshot cannot be activated.
const coolDown = 10 * minute

// sweepEvery is how often the server looks for idle snapshots.
const sweepEvery = 10 * minute

// sweepAtMost is how many of them it puts to sleep at once.
const sweepAtMost = 100

// sweep puts idle rows to sleep. Looking at every row for each ten minutes of a clock that jumps by a month
// would take long, so a sweep remembers before when nothing can become idle.
func (w *world) sweep(now instant) {
	w.queue.at(now+sweepEvery, w.sweep)
	if now <= w.sleepy {
		return
	}
	idleSince, slept := now-sleepAfter, 0
	w.sleepy = now + sleepAfter
	for _, s := range w.rows {
		if s.state != active || s.general || s.foreign {
			continue
		}
		if awake := w.lastSeen(s); awake >= idleSince {
			w.sleepy = min(w.sleepy, awake+sleepAfter)
			continue
		}
		if slept == sweepAtMost {
			w.sleepy = now
			break
		}
		w.enter(s, inactive, now)
		slept++
	}
}

// lastSeen is when an active row, or an active twin, was created or used last.
func (w *world) lastSeen(s *snapshot) instant {
	seen := max(s.created, s.used)
	for _, t := range w.byRef[s.ref] {
		if t.state == active {
			seen = max(seen, t.created, t.used)
		}
	}
	return seen
}
