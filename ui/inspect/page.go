package inspect

import (
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// labelCells is the width of the labels.
const labelCells = 14

// page collects the lines of a tab.
type page struct {
	Input
	lines []text.Line
}

// field adds a label and its value, which may need several lines.
func (p *page) field(label text.Safe, value text.Line) {
	name := label.As(theme.Dim).Fit(labelCells)
	blank := text.Line{}.Fit(labelCells)
	for i, part := range value.Wrap(max(p.Width-labelCells, 8)) {
		if i > 0 {
			name = blank
		}
		p.lines = append(p.lines, append(slices.Clip(name), part...))
	}
}

func (p *page) gap() { p.lines = append(p.lines, nil) }

// heading adds an empty line and a heading in capitals.
func (p *page) heading(title, note text.Safe) {
	if len(p.lines) > 0 {
		p.gap()
	}
	p.lines = append(p.lines, text.Join(title.As(theme.Dim), text.Lit("  ").As(theme.Dim), note.As(theme.Dim)))
}

// nothing says why there is no value. Null and absent differ.
func nothing(p model.Presence) text.Line {
	switch p {
	case model.Null:
		return text.Lit("none").As(theme.Dim)
	case model.Unreadable:
		return text.Line{{Text: text.Lit("unreadable, see the JSON"), Role: theme.Warning}}
	default:
		return text.Lit("not sent by the server").As(theme.Dim)
	}
}

// optional is a value, or why there is none.
func optional[T any](o model.Optional[T], show func(T) text.Line) text.Line {
	if v, ok := o.Get(); ok {
		return show(v)
	}
	return nothing(o.Presence)
}

// plainText is a string on one line. An empty one differs from none.
func plainText(s string) text.Line {
	if s == "" {
		return text.Lit("empty").As(theme.Dim)
	}
	return text.Styled(s, theme.Text, nil)
}
