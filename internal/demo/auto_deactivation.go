package demo

// idleLimit is how long an active snapshot may be idle before it is deactivated.
const idleLimit = idleLimitMinutes * minute

const idleLimitMinutes = 20160

// activationDelay is how long after its deactivation a snapshot cannot be activated.
const activationDelay = 10 * minute

// idleCheckInterval is how often the server checks for idle snapshots.
const idleCheckInterval = 10 * minute

// maxIdlePerCheck is how many snapshots one check deactivates.
const maxIdlePerCheck = 100

// deactivateIdle deactivates idle rows. A clock that jumps by a month needs thousands of checks, so
// w.nextIdle stores when the next row can become idle and earlier checks return at once.
func (w *world) deactivateIdle(now millis) {
	w.events.schedule(now+idleCheckInterval, w.deactivateIdle)
	if now <= w.nextIdle {
		return
	}
	idleSince, deactivated := now-idleLimit, 0
	w.nextIdle = now + idleLimit
	for _, s := range w.rows {
		if s.state != active || s.general || s.unlisted {
			continue
		}
		if last := w.lastActivity(s); last >= idleSince {
			w.nextIdle = min(w.nextIdle, last+idleLimit)
			continue
		}
		if deactivated == maxIdlePerCheck {
			w.nextIdle = now
			break
		}
		w.setState(s, inactive, now)
		deactivated++
	}
}

// lastActivity returns when an active row, or an active row with the same ref, was last created or
// used.
func (w *world) lastActivity(s *snapshot) millis {
	last := max(s.created, s.used)
	for _, t := range w.byRef[s.ref] {
		if t.state == active {
			last = max(last, t.created, t.used)
		}
	}
	return last
}
