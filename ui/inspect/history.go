package inspect

import (
	"bytes"
	"encoding/json"
	"slices"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// historyTab lists the changes since the program started, newest first, and who acted on the
// snapshot.
func historyTab(_ *Renderer, in Input) pager.Source {
	lines := transitionLines(in)
	if in.Audit != nil {
		lines = append(append(lines, nil), in.Audit.lines(in.Snapshot, in.View.Now, in.Width)...)
	}
	return pager.Lines(lines)
}

// transitionLines lists the changes since the program started.
func transitionLines(in Input) (lines []text.Line) {
	seen := in.View.History.Transitions(in.Snapshot.ID)
	if len(seen) == 0 {
		return []text.Line{
			text.Lit("no changes yet").As(theme.Dim), nil,
			text.Lit("snapdeck records changes while it runs").As(theme.Dim),
		}
	}
	for _, t := range slices.Backward(seen) {
		line := text.Line{{Text: text.Sprintf("%s  ", format.Timestamp(t.At)), Role: theme.Text}}
		if t.From != "" {
			line = append(append(line, row.StateLine(t.From)...), text.Span{Text: text.Lit("  →  "), Role: theme.Dim})
		}
		switch {
		case t.To == "":
			line = append(line, text.Span{Text: text.Lit("deleted"), Role: theme.Dim})
		case t.From == "":
			line = append(append(line, text.Span{Text: text.Lit("added  "), Role: theme.Dim}), row.StateLine(t.To)...)
		default:
			line = append(line, row.StateLine(t.To)...)
		}
		if t.Duration > 0 {
			line = append(line, text.Span{Text: text.Sprintf("  after %s", format.Wait(t.Duration)), Role: theme.Dim})
		}
		line = append(line, text.Span{Text: text.Sprintf("  %s", format.Relative(t.At, in.View.Now)), Role: theme.Dim})
		lines = append(lines, line)
	}
	return lines
}

// jsonTab shows the JSON that the server sent, indented.
func jsonTab(r *Renderer, in Input) pager.Source {
	s := in.Snapshot
	raw := s.Raw.String()
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, []byte(raw), "", "  "); err != nil {
		return pager.Lines(text.Pane(raw, theme.Text))
	}
	return r.highlighter.indentedJSON(pretty.String())
}
