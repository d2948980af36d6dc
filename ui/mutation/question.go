package mutation

import (
	"maps"
	"slices"
	"strings"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// maxNames limits how many snapshots a confirmation names.
const maxNames = 30

// maxName is the maximum width of a name.
const maxName = 40

// maxRunning bounds how many running actions a question names.
const maxRunning = 8

// Title returns the title of the confirmation for one snapshot. connection
// names the organization and the server.
func Title(m *Mutation, s *model.Snapshot, connection string) text.Line {
	return text.Join(
		text.Sprintf("%s ", capital(m.Name)).As(theme.Title), text.Styled(s.Name, theme.Title, nil),
		text.Sprintf("  %s  in %s", s.ShortID(), connection).As(theme.Dim))
}

// BulkTitle returns the title of a bulk action on n snapshots.
func BulkTitle(m *Mutation, n int) text.Safe {
	return text.Sprintf("%s %s", capital(m.Name), format.Plural(n, "snapshot"))
}

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// Bulk is a bulk action before it is confirmed.
type Bulk struct {
	Mutation    *Mutation
	Preview     Preview
	Concurrency int      // how many run at a time
	Hidden      int      // how many the filter hides
	Protect     []string // name patterns
	Now         time.Time
}

// Lines returns the body of its confirmation: the request, the snapshots, what to be
// careful about, and what is skipped.
func (b Bulk) Lines() []text.Line {
	m, able := b.Mutation, b.Preview.Able
	lines := []text.Line{text.Sprintf("%s %s for each of these, %d at a time:", m.Method, m.Path("ID"), b.Concurrency).As(theme.Text), nil}
	for _, s := range able[:min(len(able), maxNames)] {
		lines = append(lines, text.Join(text.Lit("  ").As(theme.Text), text.Styled(s.Name, theme.Text, nil).Cut(maxName, text.CutMiddle), text.Sprintf("  %s", s.ShortID()).As(theme.Dim)))
	}
	if more := len(able) - maxNames; more > 0 {
		lines = append(lines, text.Sprintf("  and %d more", more).As(theme.Dim))
	}
	lines = append(append(lines, nil), b.warnings()...)
	lines = append(lines, b.Preview.Lines...)
	for _, reason := range slices.Sorted(maps.Keys(b.Preview.Reasons)) {
		lines = append(lines, Warning(text.Sprintf("%s skipped: %s", format.Plural(b.Preview.Reasons[reason], "snapshot"), reason)))
	}
	return lines
}

func (b Bulk) warnings() []text.Line {
	used, guarded := 0, 0
	for _, s := range b.Preview.Able {
		if usedRecently(s, b.Now) {
			used++
		}
		if Protected(b.Protect, s.Name) {
			guarded++
		}
	}
	var lines []text.Line
	if b.Hidden > 0 {
		lines = append(lines, Warning(text.Sprintf("%d marked but hidden by the filter", b.Hidden)))
	}
	if guarded > 0 && b.Mutation.Grave {
		lines = append(lines, Warning(text.Sprintf("%d match a protect pattern", guarded)))
	}
	if used > 0 && b.Mutation.Grave {
		lines = append(lines, Warning(text.Sprintf("%d used in the last day", used)))
	}
	return lines
}

// QuitLines are what the question shows that is asked when the program ends during actions.
func QuitLines(running []*row.Pending, now time.Time) []text.Line {
	note := text.Lit("The server continues. snapdeck asks for the result at the next start.")
	var lines []text.Line
	for _, op := range running {
		if op.Saved() {
			note = text.Lit("The rebuild is interrupted. Its recipe is saved: snapdeck recover resumes it.")
		}
		if len(lines) < maxRunning {
			lines = append(lines, text.Sprintf("%s · %s", op.Name, op.Progress(now)).As(theme.Text))
		}
	}
	if more := len(running) - maxRunning; more > 0 {
		lines = append(lines, text.Sprintf("and %d more", more).As(theme.Dim))
	}
	return append([]text.Line{note.As(theme.Dim), nil}, lines...)
}

// CountHidden returns how many of the snapshots are not among the rows.
func CountHidden(rows, some []*model.Snapshot) int {
	left := make(map[string]bool, len(some))
	for _, s := range some {
		left[s.ID] = true
	}
	for _, s := range rows {
		delete(left, s.ID)
	}
	return len(left)
}
