package ui

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// look is how a state is drawn: a glyph, a word and a colour, so that it can be
// read without any one of them.
type stateStyle struct {
	glyph text.Safe
	role  theme.Role
}

func styleOf(state model.State) stateStyle {
	switch state {
	case model.StateError, model.StateBuildFailed:
		return stateStyle{text.Lit("✗"), theme.Failed}
	case model.StateBuilding, stateRebuilding:
		return stateStyle{text.Lit("◐"), theme.Building}
	case model.StateSnapshotting:
		return stateStyle{text.Lit("◑"), theme.Building}
	case model.StatePulling:
		return stateStyle{text.Lit("⇣"), theme.Pulling}
	case model.StatePending:
		return stateStyle{text.Lit("◌"), theme.Pending}
	case model.StateActive:
		return stateStyle{text.Lit("✓"), theme.Active}
	case model.StateInactive:
		return stateStyle{text.Lit("○"), theme.Inactive}
	case model.StateRemoving:
		return stateStyle{text.Lit("−"), theme.Removing}
	default:
		return stateStyle{text.Lit("?"), theme.UnknownState}
	}
}

// stateLine is a state with its glyph: "✓ active".
func stateLine(state model.State) text.Line {
	l := styleOf(state)
	label := state.Label()
	if label == "" {
		label = "not sent"
	}
	return text.Line{{Text: text.Sprintf("%s %s", l.glyph, label), Role: l.role}}
}
