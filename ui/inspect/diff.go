package inspect

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	// maxDiffLines bounds a diff in a confirmation.
	maxDiffLines = 60
	// diffContext is the number of unchanged lines around a change.
	diffContext = 1
)

// Diff returns a unified diff of an edited Dockerfile, cut to what fits a confirmation.
func Diff(before, after string) []text.Line {
	lines := diff(before, after)
	if more := len(lines) - maxDiffLines; more > 0 {
		lines = append(lines[:maxDiffLines], text.Sprintf("  and %s", format.Plural(more, "more line")).As(theme.Dim))
	}
	return append(lines, nil)
}

// diff returns a unified diff. Changed line endings are invisible, so it describes them in
// words.
func diff(before, after string) []text.Line {
	var lines []text.Line
	crlfBefore, crlfAfter := strings.Count(before, "\r\n"), strings.Count(after, "\r\n")
	switch {
	case crlfAfter > crlfBefore:
		lines = append(lines, warn(text.Sprintf("%s changed to Windows line endings (CRLF)", format.Plural(crlfAfter, "line"))))
	case crlfAfter < crlfBefore:
		lines = append(lines, warn(text.Sprintf("%s changed to Unix line endings (LF)", format.Plural(crlfBefore-crlfAfter, "line"))))
	}
	if crlfAfter != crlfBefore {
		before, after = strings.ReplaceAll(before, "\r\n", "\n"), strings.ReplaceAll(after, "\r\n", "\n")
	}
	if ends := strings.HasSuffix(after, "\n"); ends != strings.HasSuffix(before, "\n") {
		note := text.Lit("newline removed at the end of the file")
		if ends {
			note = text.Lit("newline added at the end of the file")
		}
		lines = append(lines, warn(note))
		before, after = strings.TrimSuffix(before, "\n")+"\n", strings.TrimSuffix(after, "\n")+"\n"
	}
	unified, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), diffContext)
	if err != nil {
		return append(lines, warn(text.Sprintf("no diff: %s", err)))
	}
	for _, hunk := range unified.Hunks {
		lines = append(lines, text.Sprintf("Dockerfile from line %d", hunk.FromLine).As(theme.Dim))
		for _, line := range hunk.Lines {
			mark, role := text.Lit("  "), theme.Dim
			switch line.Kind {
			case udiff.Delete:
				mark, role = text.Lit("- "), theme.Failed
			case udiff.Insert:
				mark, role = text.Lit("+ "), theme.Active
			}
			lines = append(lines, text.Join(mark.As(role), text.Styled(strings.TrimSuffix(line.Content, "\n"), role, nil)))
		}
	}
	return lines
}

func warn(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}
