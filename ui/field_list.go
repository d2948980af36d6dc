package ui

import (
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// labelCells is the width of the labels in the details.
const labelCells = 14

// sheet is a list of labelled values that wraps what is too wide.
type fieldList struct {
	width int
	lines []text.Line
}

// row adds a label and its value, which may need several lines.
func (s *fieldList) row(label text.Safe, value text.Line) {
	name := text.Line{{Text: label, Role: theme.Dim}}.Fit(labelCells)
	blank := text.Line{}.Fit(labelCells)
	for i, part := range value.Wrap(max(s.width-labelCells, 8)) {
		if i > 0 {
			name = blank
		}
		s.lines = append(s.lines, append(slices.Clip(name), part...))
	}
}

func (s *fieldList) gap() { s.lines = append(s.lines, nil) }

// heading adds an empty line and a heading in capitals.
func (s *fieldList) heading(title, note text.Safe) {
	if len(s.lines) > 0 {
		s.gap()
	}
	s.lines = append(s.lines, text.Line{
		{Text: title, Role: theme.Dim}, {Text: text.Lit("  ")}, {Text: note, Role: theme.Dim},
	})
}

func value(s text.Safe) text.Line { return text.Line{{Text: s, Role: theme.Text}} }

// nothing says why there is no value: null and absent are different answers.
func nothing(p model.Presence) text.Line {
	switch p {
	case model.Null:
		return dim(text.Lit("none"))
	case model.Unreadable:
		return text.Line{{Text: text.Lit("unreadable, see the JSON"), Role: theme.Warning}}
	default:
		return dim(text.Lit("not sent by this server"))
	}
}

// optional shows a value, or why there is none.
func optional[T any](o model.Optional[T], show func(T) text.Line) text.Line {
	if v, ok := o.Get(); ok {
		return show(v)
	}
	return nothing(o.Presence)
}

// plainText shows a string on one line; an empty one is not the same as none.
func plainText(s string) text.Line {
	if s == "" {
		return dim(text.Lit("empty"))
	}
	return text.Styled(s, theme.Text, nil)
}
