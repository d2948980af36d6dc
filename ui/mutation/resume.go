package mutation

import (
	"slices"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

// maxResumed bounds how many interrupted rebuilds a question names.
const maxResumed = 8

// NameTaken reports whether another snapshot may have the name of an interrupted rebuild.
func NameTaken(store *model.Store, entry model.UnfinishedRebuild) bool {
	return !store.Complete() || slices.ContainsFunc(store.All(), func(other *model.Snapshot) bool {
		return other.Name == entry.Name && other.ID != entry.SnapshotID && !other.General
	})
}

// Resumable returns the interrupted rebuilds that can be resumed.
func Resumable(unfinished []model.UnfinishedRebuild) []model.UnfinishedRebuild {
	return slices.DeleteFunc(slices.Clone(unfinished), func(entry model.UnfinishedRebuild) bool { return entry.NameTaken })
}

// UnfinishedAction returns what was interrupted, see [model.CommonAction].
func UnfinishedAction(unfinished []model.UnfinishedRebuild) string {
	modes := make([]model.RebuildMode, len(unfinished))
	for i, entry := range unfinished {
		modes[i] = entry.Mode
	}
	return model.CommonAction(modes)
}

// ResumedPast returns the word for resumed actions that are done: "rebuilt", "restored" or
// "created", or "resumed" if they differ.
func ResumedPast(resumed []model.UnfinishedRebuild) string {
	for _, entry := range resumed[1:] {
		if entry.Mode.Action() != resumed[0].Mode.Action() {
			return "resumed"
		}
	}
	return ForMode(resumed[0].Mode).Past
}

// ForMode returns the mutation of a plan.
func ForMode(mode model.RebuildMode) *Mutation {
	switch mode {
	case model.Restore:
		return Restore()
	case model.Create:
		return Create()
	default:
		return Rebuild()
	}
}

// ResumeLines returns the body of the question whether to resume interrupted rebuilds. key
// asks it again later.
func ResumeLines(unfinished []model.UnfinishedRebuild, key string, now time.Time) []text.Line {
	lines := []text.Line{
		text.Lit("Each recipe is saved. A rebuild continues where it stopped: it deletes the old").As(theme.Text),
		text.Lit("snapshot if it still exists, and creates the new one if it is missing.").As(theme.Text),
	}
	if !slices.ContainsFunc(unfinished, func(entry model.UnfinishedRebuild) bool { return entry.Mode.Action() == model.InPlace.Action() }) {
		lines = []text.Line{
			text.Lit("Each recipe is saved, and sent again if the snapshot is missing. Nothing is").As(theme.Text),
			text.Lit("deleted.").As(theme.Text),
		}
	}
	lines = append(lines,
		text.Sprintf("%s resume later · snapdeck recover lists them", key).As(theme.Dim), nil)
	for i, entry := range unfinished {
		if i == maxResumed {
			lines = append(lines, text.Sprintf("and %d more", len(unfinished)-maxResumed).As(theme.Dim))
			break
		}
		line := text.Join(text.Styled(entry.Name, theme.Title, nil), text.Sprintf("  started %s", format.Relative(entry.Started, now)).As(theme.Dim))
		if action := entry.Mode.Action(); action != model.InPlace.Action() {
			line = text.Join(line, text.Sprintf("  %s", action).As(theme.Dim))
		}
		if entry.Err != "" {
			line = text.Join(line, text.Sprintf("  %s", entry.Err).As(theme.Dim))
		}
		lines = append(lines, line)
	}
	return lines
}
