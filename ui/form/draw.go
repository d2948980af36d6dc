package form

import (
	"image"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/layout"
	"daytona/snapdeck/ui/text"
)

const (
	width      = 78
	labelWidth = 12
	indent     = 2
	// maxProblem is how many lines a problem takes at most.
	maxProblem = 3
)

// labels are the names of the fields.
var labels = [...]string{"name", "region", "CPU", "memory", "disk", "GPU", "image", "entrypoint"}

// Arrange lays the form out for a screen.
func (f *Form) Arrange(size image.Point) {
	f.box = layout.Dialog(size, width, stops+maxProblem+8)
}

// Draw puts the form on the canvas.
func (f *Form) Draw(c *canvas.Canvas) {
	inner := max(f.box.Dx()-2-2*indent, 1)
	var fields []text.Line
	for i := range f.fields {
		fields = append(fields, label(labels[i], f.at == i, f.value(i, inner-labelWidth)))
	}
	fields = append(fields, label("Dockerfile", false, f.dockerfile()), nil, f.button())
	title := text.Lit("New snapshot").As(theme.Title)
	if f.From != "" {
		title = text.Join(title, text.Lit("  from ").As(theme.Dim), text.Styled(f.From, theme.Text, nil))
	}
	lines := append([]text.Line{title, nil}, fields...)
	if f.problem != "" {
		problem := text.Sprintf("%s", f.problem).As(theme.Warning).Wrap(inner)
		lines = append(append(lines, nil), problem[:min(len(problem), maxProblem)]...)
	}
	if room := f.box.Dy() - 2; len(lines)+2 <= room {
		lines = append([]text.Line{nil}, lines...)
	} else if len(lines) > room { // a low screen
		lines = f.scrolled(lines, room)
	}
	for i, line := range lines {
		lines[i] = text.Join(text.Repeat(text.Lit(" "), indent).As(theme.Text), line.Cut(inner, text.CutEnd))
	}
	c.Box(f.box, lines)
}

// scrolled returns the part of the lines with the cursor. The problem stays visible.
func (f *Form) scrolled(lines []text.Line, room int) []text.Line {
	const head = 2
	focused := head + f.at
	if f.OnButton() {
		focused += 2 // below the Dockerfile and a blank line
	}
	first := max(0, min(focused-room/2, len(lines)-room))
	shown := append([]text.Line(nil), lines[first:first+room]...)
	if f.problem != "" && focused < first+room-1 {
		shown[room-1] = text.Sprintf("%s", f.problem).As(theme.Warning)
	}
	return shown
}

// label draws the name of a value before it.
func label(name string, focused bool, value text.Line) text.Line {
	role := theme.Dim
	if focused {
		role = theme.Accent
	}
	line := text.Cell(name).As(role)
	return text.Join(line, text.Repeat(text.Lit(" "), max(labelWidth-line.Width(), 1)).As(theme.Text), value)
}

// value draws a text field with its unit, or, if it is empty, with what that means.
func (f *Form) value(i, room int) text.Line {
	field := &f.fields[i]
	hint := text.Line(nil)
	switch {
	case i == fieldRegion && f.at == i && f.regions != nil:
		hint = text.Sprintf("  one of %s", strings.Join(f.regionNames(), ", ")).As(theme.Dim)
	case field.Value() == "" && (i == fieldImage || i == fieldEntrypoint):
		hint = text.Lit("–").As(theme.Dim)
	case field.Value() == "" && i != fieldName:
		hint = text.Lit("the server's default").As(theme.Dim)
	case i == fieldMemory || i == fieldDisk:
		hint = text.Lit(" GiB").As(theme.Dim)
	case i == fieldCPU:
		hint = cores(field.Value())
	}
	if f.at == i && field.Value() == "" && hint != nil {
		hint = text.Join(text.Lit("  ").As(theme.Dim), hint)
	}
	return text.Join(fieldLine(field, f.at == i, max(room-hint.Width(), 8)), hint)
}

// cores returns the unit of a number of cores.
func cores(number string) text.Line {
	if number == "1" {
		return text.Lit(" core").As(theme.Dim)
	}
	return text.Lit(" cores").As(theme.Dim)
}

// fieldLine draws a text field in at most room cells, with the cursor in sight.
func fieldLine(field *textinput.Model, focused bool, room int) text.Line {
	line := dialog.FieldLine(field, focused)
	if !focused {
		return line.Cut(room, text.CutMiddle)
	}
	if runes := []rune(field.Value()); field.Position() < len(runes)-1 {
		head := dialog.NewField(string(runes[:field.Position()]))
		if shown := dialog.FieldLine(&head, true); shown.Width() > room {
			return shown.Cut(room, text.CutStart)
		}
		return line.Cut(room, text.CutEnd)
	}
	return line.Cut(room, text.CutStart)
}

func (f *Form) dockerfile() text.Line {
	hint := text.Join(text.Sprintf("  %s", f.EditKey).As(theme.Key), text.Lit(" edit").As(theme.Dim))
	if strings.TrimSpace(f.Dockerfile) == "" {
		return text.Join(text.Lit("none").As(theme.Dim), hint)
	}
	lines := strings.Count(strings.TrimSuffix(f.Dockerfile, "\n"), "\n") + 1
	value := text.Cell(format.Plural(lines, "line")).As(theme.Text)
	if f.base.BuildInfo != nil && len(f.base.BuildInfo.ContextHashes) > 0 {
		return text.Join(value, hint, text.Lit("  · its context may have expired").As(theme.Dim))
	}
	return text.Join(value, hint)
}

// button draws the last stop.
func (f *Form) button() text.Line {
	label := text.Lit("[ create … ]")
	switch {
	case f.OnButton() && f.problem == "":
		return label.As(theme.Accent).On(theme.Selected)
	case f.OnButton():
		return label.As(theme.Dim).On(theme.Selected)
	default:
		return label.As(theme.Dim)
	}
}
