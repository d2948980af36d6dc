package mutation

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/text"
)

// A bulk action that is only for unused snapshots can ask for the name of each that is in use.
// Then it asks its own question again, with those that were named. Nothing is sent before that.

// asksNames reports whether the question offers to ask for the names of those in use.
func (b Bulk) asksNames(groups useGroups) bool {
	n := len(groups.used)
	return b.Ask != nil && b.Again != nil && !b.asked && n > 0 && n <= maxUsed
}

// namesMode is the mode of the question that asks for the names.
func (b Bulk) namesMode(used []*model.Snapshot) dialog.Mode {
	return dialog.Mode{
		Name: text.Lit("name those in use"), Verb: "continue",
		Title: text.Join(text.Sprintf("%s snapshots in use", capital(b.Mutation.Name)).As(theme.Title), text.Sprintf("  in %s", b.Connection).As(theme.Dim)),
		Lines: append(usedLines(b.View, used), nil, note(text.Lit("asks for the name of each, then for all: nothing is sent yet"))),
		Do:    func() tea.Cmd { return b.askNames(used, 0) },
	}
}

// askNames asks for the name of a snapshot in use, and then for the next one.
func (b Bulk) askNames(used []*model.Snapshot, i int) tea.Cmd {
	if i == len(used) {
		b.asked = true
		return b.Again(b)
	}
	s := used[i]
	return b.Ask(dialog.Question{
		Title: text.Join(Title(b.Mutation, s, b.Connection), text.Sprintf("  %d of %d in use", i+1, len(used)).As(theme.Dim)),
		Lines: b.Mutation.Lines(b.View, s),
		Verb:  "include it", Word: Word(s),
		Do: func() tea.Cmd {
			with := b
			with.named = append(slices.Clip(b.named), s)
			return with.askNames(used, i+1)
		},
		Leave: func() tea.Cmd { return b.askNames(used, i+1) }, LeaveName: "leave it out",
	})
}

// confirm moves the snapshots in use that were named to the free ones.
func (g *useGroups) confirm(named []*model.Snapshot) {
	isNamed := func(s *model.Snapshot) bool {
		return slices.ContainsFunc(named, func(n *model.Snapshot) bool { return n.ID == s.ID })
	}
	for _, group := range []*[]*model.Snapshot{&g.used, &g.unknown} {
		for _, s := range *group {
			if isNamed(s) {
				g.named, g.free = append(g.named, s), append(g.free, s)
			}
		}
		*group = slices.DeleteFunc(*group, isNamed)
	}
}
