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

// Diff shows an edit of a Dockerfile as a unified diff. Changed line endings, which
// are invisible, are described in words.
func Diff(before, after string) []text.Line {
	var lines []text.Line
	had, has := strings.Count(before, "\r\n"), strings.Count(after, "\r\n")
	switch {
	case has > had:
		lines = append(lines, warn(text.Sprintf("%s with Windows line endings now (CRLF)", format.Plural(has, "line"))))
	case has < had:
		lines = append(lines, warn(text.Sprintf("%s with Unix line endings now (LF)", format.Plural(had-has, "line"))))
	}
	if has != had {
		before, after = strings.ReplaceAll(before, "\r\n", "\n"), strings.ReplaceAll(after, "\r\n", "\n")
	}
	if ends := strings.HasSuffix(after, "\n"); ends != strings.HasSuffix(before, "\n") {
		note := text.Lit("no newline at the end of the file now")
		if ends {
			note = text.Lit("newline at the end of the file now")
		}
		lines = append(lines, warn(note))
		before, after = strings.TrimSuffix(before, "\n")+"\n", strings.TrimSuffix(after, "\n")+"\n"
	}
	diff, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), diffContext)
	if err != nil {
		return append(lines, warn(text.Sprintf("no diff: %s", err)), nil)
	}
	for _, hunk := range diff.Hunks {
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
	if more := len(lines) - maxDiffLines; more > 0 {
		lines = append(lines[:maxDiffLines], text.Sprintf("  and %s", format.Plural(more, "more line")).As(theme.Dim))
	}
	return append(lines, nil)
}

func warn(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}
