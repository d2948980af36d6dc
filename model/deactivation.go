package model

import "time"

// DefaultDeactivationTimeout is the time after which the server deactivates an unused
// snapshot unless the organization has another timeout.
const DefaultDeactivationTimeout = 14 * 24 * time.Hour

// BuildDeadline is the time after its last update at which the server changes the state of
// a snapshot that builds or pulls to error.
const BuildDeadline = time.Hour

// ActivationCooldown is the time after its last update during which the server rejects
// the activation of an inactive snapshot.
const ActivationCooldown = 10 * time.Minute

// Deactivation is the deactivation of an idle snapshot by the server.
type Deactivation struct {
	At         time.Time // the server checks every 10 minutes, so up to 10 minutes later
	MostRecent *Snapshot // the most recently used snapshot with the same ref, perhaps itself
	Assumed    bool      // the timeout is unknown, so this is the default
}

// DeactivatesAt returns when the server deactivates the snapshot if it is not used again:
// timeout after the latest createdAt or lastUsedAt of it and of the active snapshots with
// the same ref. A timeout of 0 means unknown. It returns false for snapshots that the
// server does not deactivate: general ones and those that are not active.
func (s *Store) DeactivatesAt(of *Snapshot, timeout time.Duration) (Deactivation, bool) {
	if of.General || of.State != StateActive {
		return Deactivation{}, false
	}
	mostRecent, last := of, of.lastActivity()
	if g := s.sameRef[of.Ref.Value]; g.mostRecent != nil && g.lastActivity.After(last) {
		mostRecent, last = g.mostRecent, g.lastActivity
	}
	if last.IsZero() {
		return Deactivation{}, false
	}
	assumed := timeout <= 0
	if assumed {
		timeout = DefaultDeactivationTimeout
	}
	return Deactivation{At: last.Add(timeout), MostRecent: mostRecent, Assumed: assumed}, true
}

// lastActivity returns the later of creation and last use.
func (s *Snapshot) lastActivity() time.Time {
	if used := s.LastUsedAt.Time(); used.After(s.CreatedAt.Time()) {
		return used
	}
	return s.CreatedAt.Time()
}

// Deadline returns when the server gives up on a snapshot that builds or pulls. It returns
// false for other states; a pending snapshot waits for a runner without a limit.
func (s *Snapshot) Deadline() (time.Time, bool) {
	updated, ok := s.UpdatedAt.Get()
	if !ok || (s.State != StateBuilding && s.State != StatePulling) {
		return time.Time{}, false
	}
	return updated.Add(BuildDeadline), true
}
