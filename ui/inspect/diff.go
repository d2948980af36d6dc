package inspect

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/text"
)

const (
	// differenceShown bounds the lines of a difference in a confirmation.
	differenceShown = 60
	// differenceAround is how many unchanged lines stand around a changed one.
	differenceAround = 1
)

// Diff shows an edit of a Dockerfile as a unified diff. Changed line ends, which are
// invisible, are told in words.
func Diff(before, after string) []text.Line {
	var lines []text.Line
	had, has := strings.Count(before, "\r\n"), strings.Count(after, "\r\n")
	switch {
	case has > had:
		lines = append(lines, warn(text.Sprintf("%s now with the line end of Windows (CRLF)", format.Plural(has, "line"))))
	case has < had:
		lines = append(lines, warn(text.Sprintf("%s now with the line end of Unix (LF)", format.Plural(had-has, "line"))))
	}
	if has != had {
		before, after = strings.ReplaceAll(before, "\r\n", "\n"), strings.ReplaceAll(after, "\r\n", "\n")
	}
	if ends := strings.HasSuffix(after, "\n"); ends != strings.HasSuffix(before, "\n") {
		note := text.Lit("the last line ends without a line feed now")
		if ends {
			note = text.Lit("the last line ends with a line feed now")
		}
		lines = append(lines, warn(note))
		before, after = strings.TrimSuffix(before, "\n")+"\n", strings.TrimSuffix(after, "\n")+"\n"
	}
	diff, err := udiff.ToUnifiedDiff("", "", before, udiff.Lines(before, after), differenceAround)
	if err != nil {
		return append(lines, warn(text.Sprintf("the difference cannot be shown: %s", err)), nil)
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
	if more := len(lines) - differenceShown; more > 0 {
		lines = append(lines[:differenceShown], text.Sprintf("  and %s more", format.Plural(more, "line")).As(theme.Dim))
	}
	return append(lines, nil)
}

func warn(t text.Safe) text.Line {
	return text.Join(text.Lit("! ").As(theme.Warning), t.As(theme.Text))
}
