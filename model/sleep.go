package model

import "time"

// DefaultDeactivationTimeout is after how long the server deactivates an unused
// snapshot where the organization sets no other time.
const DefaultDeactivationTimeout = 14 * 24 * time.Hour

// BuildDeadline is how long the server lets a snapshot build or pull, counted
// from its last update, before it turns the state to error.
const BuildDeadline = time.Hour

// ActivationCoolDown is how long after its last update the server refuses to
// activate an inactive snapshot.
const ActivationCoolDown = 10 * time.Minute

// Sleep is when and why the server will deactivate an idle snapshot.
type Sleep struct {
	At      time.Time // the server looks every 10 minutes, so up to 10 minutes later
	By      *Snapshot // whose creation or use keeps it awake: itself or a twin
	Assumed bool      // the organization's timeout is not known, the default was taken
}

// SleepsAt tells when the server deactivates the snapshot if nobody uses it
// again: max(createdAt, lastUsedAt, the same over active twins) + timeout. A
// timeout of 0 means unknown. It answers false for snapshots that the server
// never deactivates: general ones and those that are not active.
func (s *Store) SleepsAt(of *Snapshot, timeout time.Duration) (Sleep, bool) {
	if of.General || of.State != StateActive {
		return Sleep{}, false
	}
	by, last := of, of.lastActivity()
	if g := s.shared[of.Ref.Value]; g.awake != nil && g.at.After(last) {
		by, last = g.awake, g.at
	}
	if last.IsZero() {
		return Sleep{}, false
	}
	assumed := timeout <= 0
	if assumed {
		timeout = DefaultDeactivationTimeout
	}
	return Sleep{At: last.Add(timeout), By: by, Assumed: assumed}, true
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
