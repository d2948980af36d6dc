package model

import "time"

// DefaultDeactivationTimeout is after how long the server deactivates an unused
// snapshot where the organization sets no other time.
const DefaultDeactivationTimeout = 14 * 24 * time.Hour

// BuildDeadline is how long the server lets a snapshot build or pull, counted
// from its last update, before it turns the state to error.
const BuildDeadline = time.Hour

// ActivationCooldown is how long after its last update the server refuses to
// activate an inactive snapshot.
const ActivationCooldown = 10 * time.Minute

// Deactivation is when and why the server will deactivate an idle snapshot.
type Deactivation struct {
	At         time.Time // the server looks every 10 minutes, so up to 10 minutes later
	MostRecent *Snapshot // whose creation or use keeps it awake: itself or one with the same ref
	Assumed    bool      // the organization's timeout is not known, the default was taken
}

// DeactivatesAt tells when the server deactivates the snapshot if nobody uses it
// again: max(createdAt, lastUsedAt, the same over active snapshots with the same ref) + timeout. A
// timeout of 0 means unknown. It answers false for snapshots that the server
// never deactivates: general ones and those that are not active.
func (s *Store) DeactivatesAt(of *Snapshot, timeout time.Duration) (Deactivation, bool) {
	if of.General || of.State != StateActive {
		return Deactivation{}, false
	}
	by, last := of, of.lastActivity()
	if g := s.sameRef[of.Ref.Value]; g.mostRecent != nil && g.at.After(last) {
		by, last = g.mostRecent, g.at
	}
	if last.IsZero() {
		return Deactivation{}, false
	}
	assumed := timeout <= 0
	if assumed {
		timeout = DefaultDeactivationTimeout
	}
	return Deactivation{At: last.Add(timeout), MostRecent: by, Assumed: assumed}, true
}

// lastActivity is the later of creation and last use.
func (s *Snapshot) lastActivity() time.Time {
	if used := s.LastUsedAt.Value; used.After(s.CreatedAt.Value) {
		return used
	}
	return s.CreatedAt.Value
}

// Deadline is when the server gives up on a snapshot that builds or pulls. A
// pending one waits for a runner without an end.
func (s *Snapshot) Deadline() (time.Time, bool) {
	updated, ok := s.UpdatedAt.Get()
	if !ok || (s.State != StateBuilding && s.State != StatePulling) {
		return time.Time{}, false
	}
	return updated.Add(BuildDeadline), true
}
