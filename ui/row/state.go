// Package row shows a snapshot as the cells of a table row.
package row

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// The states of a snapshot that the server does not have, by the action that creates it. Of a
// rebuild it is the state between its delete and its create.
const (
	StateRebuilding = model.State("rebuilding")
	StateRestoring  = model.State("restoring")
	StateCreating   = model.State("creating")
)

// StateNotListed is the state of a snapshot that the last poll did not list. It may have been
// deleted: the next poll, or a GET, decides.
const StateNotListed = model.State("not listed")

// StateStyle is how a state is drawn next to its name. Name, glyph and colour each identify
// the state.
type StateStyle struct {
	Glyph text.Safe
	Role  theme.Role
}

// StyleOf returns the style of a state, which may be unknown to this version.
func StyleOf(state model.State) StateStyle {
	switch state {
	case model.StateError, model.StateBuildFailed:
		return StateStyle{text.Lit("✗"), theme.Failed}
	case model.StateBuilding, StateRebuilding, StateRestoring, StateCreating:
		return StateStyle{text.Lit("◐"), theme.Building}
	case model.StateSnapshotting:
		return StateStyle{text.Lit("⊙"), theme.Building}
	case model.StatePulling:
		return StateStyle{text.Lit("⇣"), theme.Pulling}
	case model.StatePending:
		return StateStyle{text.Lit("◌"), theme.Pending}
	case model.StateActive:
		return StateStyle{text.Lit("✓"), theme.Active}
	case model.StateInactive:
		return StateStyle{text.Lit("○"), theme.Inactive}
	case StateNotListed:
		return StateStyle{text.Lit("?"), theme.Warning}
	case model.StateRemoving:
		return StateStyle{text.Lit("−"), theme.Removing}
	default:
		return StateStyle{text.Lit("?"), theme.UnknownState}
	}
}

// StateLine returns a state with its glyph: "✓ active".
func StateLine(state model.State) text.Line {
	style := StyleOf(state)
	label := state.Label()
	if label == "" {
		label = "not sent"
	}
	return text.Cell(style.Glyph.String() + " " + label).As(style.Role)
}
