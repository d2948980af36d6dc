package demo

// Idle snapshots are put to sleep by the server itself.

// sleepAfter is how long an active snapshot may be idle before it is deactivated.
const idleLimit = idleLimitMinutes * minute

const idleLimitMinutes = 20160

// coolDown is how long after its deactivation a snapshot cannot be activated.
const activationDelay = 10 * minute

// sweepEvery is how often the server looks for idle snapshots.
const idleCheckInterval = 10 * minute

// sweepAtMost is how many of them it puts to sleep at once.
const maxIdlePerCheck = 100

// sweep puts idle rows to sleep. Looking at every row for each ten minutes of a clock that jumps by a month
// would take long, so a sweep remembers before when nothing can become idle.
func (w *world) deactivateIdle(now millis) {
	w.events.schedule(now+idleCheckInterval, w.deactivateIdle)
	if now <= w.nextIdle {
		return
	}
	idleSince, slept := now-idleLimit, 0
	w.nextIdle = now + idleLimit
	for _, s := range w.rows {
		if s.state != active || s.general || s.unlisted {
			continue
		}
		if awake := w.lastActivity(s); awake >= idleSince {
			w.nextIdle = min(w.nextIdle, awake+idleLimit)
			continue
		}
		if slept == maxIdlePerCheck {
			w.nextIdle = now
			break
		}
		w.setState(s, inactive, now)
		slept++
	}
}

// lastSeen is when an active row, or an active twin, was created or used last.
func (w *world) lastActivity(s *snapshot) millis {
	seen := max(s.created, s.used)
	for _, t := range w.byRef[s.ref] {
		if t.state == active {
			seen = max(seen, t.created, t.used)
		}
	}
	return seen
}
