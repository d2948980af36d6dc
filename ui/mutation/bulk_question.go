package mutation

import (
	"maps"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxName is the maximum width of a name.
const maxName = 40

// Bulk is a bulk action before it is confirmed.
type Bulk struct {
	Mutation    *Mutation
	View        *row.ViewState
	Preview     Preview                          // of all targets
	Hidden      func(able []*model.Snapshot) int // how many the filter hides; nil for none
	Run         func(able []*model.Snapshot) tea.Cmd
	Connection  string   // profile, organization and host
	Concurrency int      // how many run at a time
	Protect     []string // name patterns

	// Ask asks a question, and Again asks that of the bulk action again. Without them it cannot
	// ask for names.
	Ask   func(dialog.Question) tea.Cmd
	Again func(Bulk) tea.Cmd
	named []*model.Snapshot // in use, and confirmed by name
	asked bool              // for names
}

// Question returns the confirmation, from what is known about the use by now. An action that is
// only for unused snapshots leaves out those in use, unless each was confirmed by its name. It
// also leaves out those of unknown use, unless the user includes them.
func (b Bulk) Question() dialog.Question {
	groups := groupByUse(&b.View.Uses, b.Preview.Able)
	groups.confirm(b.named)
	lines := b.useLines(groups)
	if !b.Mutation.OnlyUnused {
		return b.question(b.Preview, lines)
	}
	preview := func(some []*model.Snapshot) Preview {
		return Preview{Able: some, Reasons: b.Preview.Reasons, Lines: b.Mutation.BulkImpact(b.View, some)}
	}
	name := text.Lit("leave out those in use")
	q := b.question(preview(groups.free), lines)
	if n := len(groups.unknown); n > 0 {
		name = text.Sprintf("leave out %s of unknown use", format.Thousands(n))
		q = b.question(preview(groups.free), append(slices.Clip(lines), note(text.Lit("left out: those of unknown use"))))
		all := append(slices.Clip(groups.free), groups.unknown...)
		with := b.question(preview(all), append(slices.Clip(lines), Warning(text.Lit("included: those of unknown use"))))
		q.Modes = append(q.Modes, modeOf(text.Lit("include them"), with))
	}
	if b.asksNames(groups) {
		q.Modes = append(q.Modes, b.namesMode(groups.used))
	}
	if len(q.Modes) > 0 {
		q.Modes = slices.Insert(q.Modes, 0, modeOf(name, q))
		q.Word, q.Refusal = "", "" // each mode has its own
	}
	return q
}

// Lines returns the body of a confirmation about all targets, without who uses them.
func (b Bulk) Lines() []text.Line { return b.lines(b.Preview, nil) }

func modeOf(name text.Safe, q dialog.Question) dialog.Mode {
	return dialog.Mode{Name: name, Title: q.Title, Lines: q.Lines, Word: q.Word, Refusal: q.Refusal, Do: q.Do}
}

// question returns the confirmation for the targets in a preview.
func (b Bulk) question(found Preview, use []text.Line) dialog.Question {
	m := b.Mutation
	q := dialog.Question{
		Title: text.Join(BulkTitle(m, len(found.Able)).As(theme.Title), text.Sprintf("  in %s", b.Connection).As(theme.Dim)),
		Lines: b.lines(found, use),
		Verb:  m.Name,
		Do:    func() tea.Cmd { return b.Run(found.Able) },
	}
	switch {
	case len(found.Able) == 0:
		q.Refusal = "no snapshot is left to " + m.Name
	case m.Disruptive:
		q.Word = strconv.Itoa(len(found.Able))
	}
	return q
}

// lines returns the body: the request, the snapshots, what to be careful about, and what is
// skipped.
func (b Bulk) lines(found Preview, use []text.Line) []text.Line {
	m, able := b.Mutation, found.Able
	var lines []text.Line
	if len(able) > 0 {
		lines = append(lines, text.Sprintf("%s %s for each of these, %d at a time:", m.Method, m.Path("ID"), b.Concurrency).As(theme.Text), nil)
	}
	for _, s := range able[:min(len(able), maxNames)] {
		lines = append(lines, text.Join(text.Lit("  ").As(theme.Text), text.Styled(s.Name, theme.Text, nil).Cut(maxName, text.CutMiddle), text.Sprintf("  %s", s.ShortID()).As(theme.Dim)))
	}
	if more := len(able) - maxNames; more > 0 {
		lines = append(lines, text.Sprintf("  and %d more", more).As(theme.Dim))
	}
	if len(able) > 0 {
		lines = append(append(lines, nil), b.warnings(able)...)
	}
	lines = append(lines, use...)
	if m.LosesPools {
		lines = append(lines, poolLines(b.View, able)...)
	}
	if len(able) > 0 {
		lines = append(lines, bulkQuotaLines(m, b.View, able)...)
		lines = append(lines, found.Lines...)
	}
	for _, reason := range slices.Sorted(maps.Keys(found.Reasons)) {
		lines = append(lines, Warning(text.Sprintf("%s skipped: %s", format.Plural(found.Reasons[reason], "snapshot"), reason)))
	}
	return lines
}

func (b Bulk) warnings(able []*model.Snapshot) []text.Line {
	used, guarded := 0, 0
	for _, s := range able {
		if UsedRecently(s, b.View.Now) {
			used++
		}
		if model.MatchName(b.Protect, s.Name) {
			guarded++
		}
	}
	var lines []text.Line
	if b.Hidden != nil {
		if hidden := b.Hidden(able); hidden > 0 {
			lines = append(lines, Warning(text.Sprintf("%d marked but hidden by the filter", hidden)))
		}
	}
	if guarded > 0 && b.Mutation.Disruptive {
		match := "match"
		if guarded == 1 {
			match = "matches"
		}
		lines = append(lines, Warning(text.Sprintf("%d %s a protect pattern", guarded, match)))
	}
	if used > 0 && b.Mutation.Disruptive {
		lines = append(lines, Warning(text.Sprintf("%d used in the last day", used)))
	}
	return lines
}

// useLines says which of the targets are in use.
func (b Bulk) useLines(groups useGroups) []text.Line {
	if !b.Mutation.Disruptive {
		return nil
	}
	lines := usedLines(b.View, groups.used)
	switch {
	case len(groups.used) == 0 || !b.Mutation.OnlyUnused:
	case b.asksNames(groups):
		lines = append(lines, note(text.Lit("left out: those in use · tab asks for the name of each")))
	default:
		lines = append(lines, note(text.Sprintf("left out: those in use · %s each of them alone, by its name", b.Mutation.Name)))
	}
	if len(groups.named) > 0 {
		lines = append(append(lines, usedLines(b.View, groups.named)...), Warning(text.Lit("included: those in use that you named")))
	}
	if len(groups.unknown) > 0 {
		lines = append(lines, unknownLine(b.View, groups.unknown))
	}
	switch {
	case groups.awaited:
		lines = append(lines, note(text.Lit("asking which sandboxes use them …")))
	case len(lines) == 0:
		lines = append(lines, note(text.Lit("none of them is in use")))
	}
	return lines
}
