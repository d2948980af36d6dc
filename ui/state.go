package ui

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// look is how a state is drawn: a glyph, a word and a colour, so that it can be
// read without any one of them.
type look struct {
	glyph text.Safe
	role  theme.Role
}

func lookOf(state model.State) look {
	switch state {
	case model.StateError, model.StateBuildFailed:
		return look{text.Lit("✗"), theme.Failed}
	case model.StateBuilding, stateRebuilding:
		return look{text.Lit("◐"), theme.Building}
	case model.StateSnapshotting:
		return look{text.Lit("◑"), theme.Building}
	case model.StatePulling:
		return look{text.Lit("⇣"), theme.Pulling}
	case model.StatePending:
		return look{text.Lit("◌"), theme.Pending}
	case model.StateActive:
		return look{text.Lit("✓"), theme.Active}
	case model.StateInactive:
		return look{text.Lit("○"), theme.Inactive}
	case model.StateRemoving:
		return look{text.Lit("−"), theme.Removing}
	default:
		return look{text.Lit("?"), theme.UnknownState}
	}
}

// stateLine is a state with its glyph: "✓ active".
func stateLine(state model.State) text.Line {
	l := lookOf(state)
	label := state.Label()
	if label == "" {
		label = "not sent"
	}
	return text.Line{{Text: text.Sprintf("%s %s", l.glyph, label), Role: l.role}}
}
