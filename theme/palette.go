package theme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Palette is the set of colours that the roles are drawn with. Colour means
// state and little else, so there are few: one accent, amber for "look here
// soon", one colour a state, three for syntax.
//
// A colour is "#rrggbb" or the number of one of the terminal's 256 colours.
// Make one by changing [Dark] or [Light]; see [Palette.With].
type Palette struct {
	Name string // what the user calls it: "dark"

	Text  lipgloss.Color // ordinary values
	Title lipgloss.Color // names, the open tab
	Dim   lipgloss.Color // labels, comments, states at rest
	Line  lipgloss.Color // rules and separators

	Accent  lipgloss.Color // cursor bar, keys, keywords
	Match   lipgloss.Color // matched characters
	Control lipgloss.Color // escaped bytes

	Active   lipgloss.Color
	Building lipgloss.Color
	Pulling  lipgloss.Color
	Failed   lipgloss.Color
	Removing lipgloss.Color
	Sleeps   lipgloss.Color // amber: look here soon

	String lipgloss.Color
	Number lipgloss.Color

	Selected    lipgloss.Color // the background of the cursor row
	SelectedDim lipgloss.Color // Dim on that background, where Dim itself is too faint
}

// Dark is the palette for a dark terminal.
func Dark() Palette {
	return Palette{
		Name:  "dark",
		Text:  "#c9d1d9",
		Title: "#e6edf3",
		Dim:   "#7d8590",
		Line:  "#30363d",

		Accent:  "#7aa2f7",
		Match:   "#ffd580",
		Control: "#e879c6",

		Active:   "#7ec699",
		Building: "#e5c07b",
		Pulling:  "#61afef",
		Failed:   "#f7768e",
		Removing: "#bb9af7",
		Sleeps:   "#e0af68",

		String: "#a5d6a7",
		Number: "#79c0ff",

		Selected:    "#1e2a3f",
		SelectedDim: "#a3adba",
	}
}

// Light is the palette for a light terminal. The colours are those of [Dark]
// in meaning and hue, darkened until they read as text on white.
func Light() Palette {
	return Palette{
		Name:  "light",
		Text:  "#24292f",
		Title: "#0b0f14",
		Dim:   "#59636e",
		Line:  "#d0d7de",

		Accent:  "#1f56c4",
		Match:   "#8a5a00",
		Control: "#a0148c",

		Active:   "#116329",
		Building: "#7d4e00",
		Pulling:  "#0b62b5",
		Failed:   "#c01c3a",
		Removing: "#6e40c9",
		Sleeps:   "#8f4700",

		String: "#0a5c2e",
		Number: "#0550ae",

		Selected:    "#dce7fb",
		SelectedDim: "#4a545f",
	}
}

// Palettes returns the built-in palettes, in the order in which the user goes
// through them.
func Palettes() []Palette { return []Palette{Dark(), Light()} }

// With returns the palette with one colour changed. The name is that of the
// field in lower case, as in a theme file ("failed", "selecteddim"). It fails
// if there is no such colour or the value is not one; a caller that reads a
// file knows the line, so it goes colour by colour.
func (p Palette) With(name, colour string) (Palette, error) {
	fields := p.fields()
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return p, fmt.Errorf("unknown colour %q", name)
	}
	if !isColour(colour) {
		return p, fmt.Errorf("%s: %q is not a colour: want #rrggbb or 0 to 255", name, colour)
	}
	*fields[i].colour = lipgloss.Color(colour)
	return p, nil
}

// ColourNames returns the names that [Palette.With] takes.
func ColourNames() []string {
	var p Palette
	var names []string
	for _, f := range p.fields() {
		names = append(names, f.name)
	}
	return names
}

// field is one colour of a palette under its name in theme files.
type field struct {
	name   string
	colour *lipgloss.Color
}

func (p *Palette) fields() []field {
	return []field{
		{"text", &p.Text}, {"title", &p.Title}, {"dim", &p.Dim}, {"line", &p.Line},
		{"accent", &p.Accent}, {"match", &p.Match}, {"control", &p.Control},
		{"active", &p.Active}, {"building", &p.Building}, {"pulling", &p.Pulling},
		{"failed", &p.Failed}, {"removing", &p.Removing}, {"sleeps", &p.Sleeps},
		{"string", &p.String}, {"number", &p.Number},
		{"selected", &p.Selected}, {"selecteddim", &p.SelectedDim},
	}
}

func isColour(s string) bool {
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		_, err := strconv.ParseUint(hex, 16, 32)
		return err == nil && len(hex) == 6
	}
	n, err := strconv.Atoi(s)
	return err == nil && 0 <= n && n <= 255
}
