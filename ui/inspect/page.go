package inspect

import (
	"slices"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

const labelWidth = 14

// page collects the lines of a tab.
type page struct {
	Input
	lines []text.Line
}

// field adds a label and its value, wrapped to several lines if needed.
func (p *page) field(label text.Safe, value text.Line) {
	left := label.As(theme.Dim).Fit(labelWidth)
	blank := text.Line{}.Fit(labelWidth)
	for i, part := range value.Wrap(max(p.Width-labelWidth, 8)) {
		if i > 0 {
			left = blank
		}
		p.lines = append(p.lines, append(slices.Clip(left), part...))
	}
}

func (p *page) gap() { p.lines = append(p.lines, nil) }

// heading adds an empty line, a heading and a note.
func (p *page) heading(title, note text.Safe) {
	if len(p.lines) > 0 {
		p.gap()
	}
	p.lines = append(p.lines, text.Join(title.As(theme.Dim), text.Lit("  ").As(theme.Dim), note.As(theme.Dim)))
}

// missing returns why there is no value. It distinguishes null from absent.
func missing(p model.Presence) text.Line {
	switch p {
	case model.Null:
		return text.Lit("none").As(theme.Dim)
	case model.Unreadable:
		return text.Line{{Text: text.Lit("unreadable, see the JSON"), Role: theme.Warning}}
	default:
		return text.Lit("not sent by the server").As(theme.Dim)
	}
}

// optional returns show of the value, or why there is no value.
func optional[T any](o model.Optional[T], show func(T) text.Line) text.Line {
	if v, ok := o.Get(); ok {
		return show(v)
	}
	return missing(o.Presence)
}

// plainText returns s on one line, or "empty".
func plainText(s string) text.Line {
	if s == "" {
		return text.Lit("empty").As(theme.Dim)
	}
	return text.Styled(s, theme.Text, nil)
}
