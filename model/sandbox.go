package model

import (
	"fmt"
	"time"
)

// Sandbox is a sandbox that was created from a snapshot.
type Sandbox struct {
	ID             string
	Name           string
	State          string // as the server sends it
	Snapshot       string // name of the snapshot
	RegionID       string
	LastActivityAt OptionalTime
}

// InUse reports whether the sandbox uses its snapshot: it is in any state but stopped,
// archived or destroyed, also in one that is unknown to this version.
func (s Sandbox) InUse() bool {
	return s.State != "stopped" && s.State != "archived" && s.State != "destroyed"
}

// Use says which sandboxes use a snapshot. The zero value is unknown use, which is not the
// same as none.
type Use struct {
	// Known reports whether Sandboxes is the whole list. Otherwise there may be more.
	Known     bool
	Reason    string    // why the use is not known, one line that may quote the server
	At        time.Time // when the server was asked, or when waiting for the answer ended
	Sandboxes []Sandbox // sorted by name
}

// UseState is whether a snapshot is in use.
type UseState uint8

// The states of the use.
const (
	UseUnknown UseState = iota // the server did not say, or not everything
	NotInUse                   // no sandbox uses it
	InUse                      // at least one sandbox does
)

// State returns whether the snapshot is in use. An incomplete list can prove that it is, but
// never that it is not.
func (u Use) State() UseState {
	switch {
	case u.InUse() > 0:
		return InUse
	case u.Known:
		return NotInUse
	default:
		return UseUnknown
	}
}

// useMaxAge is how long an answer is used without asking again.
const useMaxAge = 30 * time.Second

// Fresh reports whether the answer, also an unknown one, is less than 30 seconds old.
func (u Use) Fresh(now time.Time) bool { return fresh(u.At, now) }

func fresh(at, now time.Time) bool {
	age := now.Sub(at)
	return !at.IsZero() && age >= 0 && age < useMaxAge
}

// InUse returns how many of the sandboxes use the snapshot, at least.
func (u Use) InUse() int {
	n := 0
	for _, s := range u.Sandboxes {
		if s.InUse() {
			n++
		}
	}
	return n
}

// Text says whether the snapshot is in use: "in use by 3 sandboxes", "not in use", or "use not
// known" with the reason.
func (u Use) Text() string {
	n := u.InUse()
	switch state := u.State(); {
	case n == 1:
		return "in use by 1 sandbox"
	case state == InUse:
		return fmt.Sprintf("in use by %d sandboxes", n)
	case state == NotInUse:
		return "not in use"
	case u.Reason != "":
		return "use not known: " + u.Reason
	default:
		return "use not known"
	}
}

// LastActivity returns the latest activity of a sandbox.
func (u Use) LastActivity() (time.Time, bool) {
	var last time.Time
	for _, s := range u.Sandboxes {
		if at, ok := s.LastActivityAt.Get(); ok && at.After(last) {
			last = at
		}
	}
	return last, !last.IsZero()
}

// WarmPool is a pool of sandboxes that are started before they are needed. Daytona deletes
// it with its snapshot.
type WarmPool struct {
	Snapshot string // name or id of the snapshot
	RegionID string
	Size     int    // sandboxes that it keeps
	Ready    int    // sandboxes that are started now
	Reason   string // why it is not filled, "" if there is no error
}

// Of reports whether the pool belongs to the snapshot.
func (p WarmPool) Of(s *Snapshot) bool { return p.Snapshot == s.Name || p.Snapshot == s.ID }

// WarmPools are the warm pools of the organization. The zero value is not known, which is not
// the same as none.
type WarmPools struct {
	Known bool
	At    time.Time // when the server was asked
	Pools []WarmPool
}

// Of returns the pools of a snapshot.
func (w WarmPools) Of(s *Snapshot) []WarmPool {
	var pools []WarmPool
	for _, p := range w.Pools {
		if p.Of(s) {
			pools = append(pools, p)
		}
	}
	return pools
}

// Fresh reports whether the answer, also an unknown one, is less than 30 seconds old.
func (w WarmPools) Fresh(now time.Time) bool { return fresh(w.At, now) }
