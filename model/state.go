package model

import "strings"

// State is the state of a snapshot as the server spells it. A state that this
// package does not know is kept and shown as it came.
type State string

// The states of the API: eight of the published schema, and snapshotting (being
// taken from a running sandbox), which newer servers add.
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

// States returns every known state in the order in which people look at them:
// failed first, then what is in transition, then the rest.
func States() []State {
	return []State{
		StateError, StateBuildFailed,
		StatePending, StatePulling, StateBuilding, StateSnapshotting,
		StateRemoving, StateActive, StateInactive,
	}
}

// Failed reports whether the snapshot needs a human: a pull, a build or a check
// went wrong. A failed Docker build ends in error, not in build_failed.
func (s State) Failed() bool { return s == StateError || s == StateBuildFailed }

// Starting reports whether the server is working towards active.
func (s State) Starting() bool {
	switch s {
	case StatePending, StatePulling, StateBuilding, StateSnapshotting:
		return true
	default:
		return false
	}
}

// InTransition reports whether the server will change the state by itself soon.
func (s State) InTransition() bool { return s.Starting() || s == StateRemoving }

// Known reports whether this package knows the state.
func (s State) Known() bool {
	return s.Failed() || s.InTransition() || s == StateActive || s == StateInactive
}

// Label is the state in words: "build failed" for build_failed.
func (s State) Label() string { return strings.ReplaceAll(string(s), "_", " ") }

// rankIdle is the rank of states in which nothing happens by itself.
const rankStable = 3

// rank orders states for the default order of the table.
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
