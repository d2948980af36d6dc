package ui

import (
	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// gutterNote is what a row has to say beside its cells: that the last action on it
// failed, that it is watched, or that it changed a moment ago.
func (k *ViewState) GutterNote(s *model.Snapshot) text.Span {
	switch {
	case k.Failures[s.ID] != "":
		return text.Span{Text: text.Lit("!"), Role: theme.Failed}
	case k.Watched[k.WatchID(s)]:
		return text.Span{Text: text.Lit("◆"), Role: theme.Warning}
	case !k.RecentChanges[s.ID].IsZero():
		return text.Span{Text: text.Lit("•"), Role: theme.Accent}
	default:
		return text.Span{}
	}
}
