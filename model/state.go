package model

import "strings"

// State is the state of a snapshot as in the API. Unknown states are kept and shown
// unchanged.
type State string

// The states of the API: the eight of the published schema, and snapshotting (being
// created from a running sandbox), which newer servers add.
const (
	StateBuilding     State = "building"
	StatePending      State = "pending"
	StatePulling      State = "pulling"
	StateActive       State = "active"
	StateInactive     State = "inactive"
	StateError        State = "error"
	StateBuildFailed  State = "build_failed"
	StateRemoving     State = "removing"
	StateSnapshotting State = "snapshotting"
)

// States returns all known states by attention: failed, in transition, others.
func States() []State {
	return []State{
		StateError, StateBuildFailed,
		StatePending, StatePulling, StateBuilding, StateSnapshotting,
		StateRemoving, StateActive, StateInactive,
	}
}

// Failed reports whether a pull, a build or a check failed. A failed Docker build ends in
// error, not in build_failed.
func (s State) Failed() bool { return s == StateError || s == StateBuildFailed }

// Starting reports whether the server will make the snapshot active.
func (s State) Starting() bool {
	switch s {
	case StatePending, StatePulling, StateBuilding, StateSnapshotting:
		return true
	default:
		return false
	}
}

// InTransition reports whether the server will change the state soon.
func (s State) InTransition() bool { return s.Starting() || s == StateRemoving }

// Known reports whether this package knows the state.
func (s State) Known() bool {
	return s.Failed() || s.InTransition() || s == StateActive || s == StateInactive
}

// Label returns the state in words: "build failed" for build_failed.
func (s State) Label() string { return strings.ReplaceAll(string(s), "_", " ") }

// rankStable is the rank of states that only a user changes.
const rankStable = 3

// rank returns the position of the state in [CompareAttention].
func (s State) rank() int {
	switch {
	case s.Failed():
		return 0
	case s.Starting():
		return 1
	case s == StateRemoving:
		return 2
	default:
		return rankStable
	}
}
