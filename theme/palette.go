package theme

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Palette is the set of colours of a theme. Colour mostly means state, so there are few:
// one accent, amber for warnings, one for each state, two for syntax.
//
// Each colour is defined for true colour, 256 and 16 colours, since converting to the
// nearest colour loses differences: of 256, the nearest to the red of failed states in
// the light palette is black. An empty colour is the default of the terminal.
type Palette struct {
	Name    string // as in the configuration: "dark"
	OnLight bool   // for a light background

	Text  Colour // ordinary values
	Title Colour // names, open tab
	Dim   Colour // labels, comments, states at rest
	Line  Colour // rules and separators

	Accent  Colour // cursor bar, keys, keywords
	Match   Colour // matched characters
	Control Colour // escaped bytes
	Profile Colour // name of the profile; configurable for each profile

	Active   Colour
	Building Colour
	Pulling  Colour
	Failed   Colour
	Removing Colour
	Warning  Colour // amber

	String Colour
	Number Colour

	Selected    Colour // background of the cursor row
	SelectedDim Colour // Dim on that background, if Dim is too faint
}

// Colour is a colour in true colour ("#rrggbb"), 256 and 16 colours.
type Colour = lipgloss.CompleteColor

// Dark is the palette for a dark terminal.
func Dark() Palette {
	return Palette{
		Name:  "dark",
		Text:  Colour{TrueColor: "#c9d1d9", ANSI256: "252", ANSI: "15"},
		Title: Colour{TrueColor: "#e6edf3", ANSI256: "255", ANSI: "15"},
		Dim:   Colour{TrueColor: "#7d8590", ANSI256: "246", ANSI: "7"}, // 8 is the background in Solarized
		Line:  Colour{TrueColor: "#30363d", ANSI256: "238", ANSI: "8"},

		Accent:  Colour{TrueColor: "#7aa2f7", ANSI256: "111", ANSI: "12"},
		Match:   Colour{TrueColor: "#ffd580", ANSI256: "222", ANSI: "11"},
		Control: Colour{TrueColor: "#e879c6", ANSI256: "176", ANSI: "13"},
		Profile: Colour{TrueColor: "#7aa2f7", ANSI256: "111", ANSI: "12"},

		Active:   Colour{TrueColor: "#7ec699", ANSI256: "114", ANSI: "10"},
		Building: Colour{TrueColor: "#e5c07b", ANSI256: "180", ANSI: "11"},
		Pulling:  Colour{TrueColor: "#61afef", ANSI256: "75", ANSI: "14"},
		Failed:   Colour{TrueColor: "#f7768e", ANSI256: "204", ANSI: "9"},
		Removing: Colour{TrueColor: "#bb9af7", ANSI256: "141", ANSI: "13"},
		Warning:  Colour{TrueColor: "#e0af68", ANSI256: "215", ANSI: "11"},

		String: Colour{TrueColor: "#a5d6a7", ANSI256: "151", ANSI: "10"},
		Number: Colour{TrueColor: "#79c0ff", ANSI256: "117", ANSI: "14"},

		Selected:    Colour{TrueColor: "#1e2a3f", ANSI256: "236"}, // all 16 colours are too bright: the bar must suffice
		SelectedDim: Colour{TrueColor: "#a3adba", ANSI256: "249", ANSI: "15"},
	}
}

// Light is the palette for a light terminal. It has the hues of [Dark], dark enough to
// read on white.
func Light() Palette {
	return Palette{
		Name:    "light",
		OnLight: true,
		Text:    Colour{TrueColor: "#24292f", ANSI256: "235", ANSI: "0"},
		Title:   Colour{TrueColor: "#0b0f14", ANSI256: "232", ANSI: "0"},
		Dim:     Colour{TrueColor: "#59636e", ANSI256: "241", ANSI: "8"},
		Line:    Colour{TrueColor: "#d0d7de", ANSI256: "252", ANSI: "7"},

		Accent:  Colour{TrueColor: "#1f56c4", ANSI256: "26", ANSI: "4"},
		Match:   Colour{TrueColor: "#8a5a00", ANSI256: "94", ANSI: "3"},
		Control: Colour{TrueColor: "#a0148c", ANSI256: "90", ANSI: "5"},
		Profile: Colour{TrueColor: "#1f56c4", ANSI256: "26", ANSI: "4"},

		Active:   Colour{TrueColor: "#116329", ANSI256: "22", ANSI: "2"},
		Building: Colour{TrueColor: "#7d4e00", ANSI256: "58", ANSI: "3"},
		Pulling:  Colour{TrueColor: "#0b62b5", ANSI256: "25", ANSI: "6"},
		Failed:   Colour{TrueColor: "#c01c3a", ANSI256: "124", ANSI: "1"},
		Removing: Colour{TrueColor: "#6e40c9", ANSI256: "55", ANSI: "5"},
		Warning:  Colour{TrueColor: "#8f4700", ANSI256: "94", ANSI: "3"},

		String: Colour{TrueColor: "#0a5c2e", ANSI256: "23", ANSI: "2"},
		Number: Colour{TrueColor: "#0550ae", ANSI256: "24", ANSI: "6"},

		Selected:    Colour{TrueColor: "#dce7fb", ANSI256: "254"},
		SelectedDim: Colour{TrueColor: "#4a545f", ANSI256: "239", ANSI: "0"},
	}
}

// With returns the palette with one colour changed in all depths. name is a field in
// lower case, as in a theme file ("failed", "selecteddim"). colour is "#rrggbb", a number
// from 0 to 255, or the name of another field. It returns an error if name or colour is
// invalid.
func (p Palette) With(name, colour string) (Palette, error) {
	to, ok := p.field(name)
	if !ok {
		return p, fmt.Errorf("unknown colour %q", name)
	}
	from, ok := p.field(colour)
	switch {
	case ok:
		*to = *from
	case isColour(colour):
		*to = Colour{TrueColor: colour, ANSI256: colour, ANSI: colour}
	default:
		return p, fmt.Errorf("%s: %q is not a colour: expected %s", name, colour, ExpectedColour)
	}
	return p, nil
}

// ExpectedColour describes the colours that [Palette.With] takes, for an error.
const ExpectedColour = "#rrggbb in quotes, a number from 0 to 255, or another colour's name"

// ColourNames returns the names that [Palette.With] takes.
func ColourNames() []string {
	fields := new(Palette).fields()
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// field is a colour of a palette and its name in theme files.
type field struct {
	name   string
	colour *Colour
}

// field returns the colour of that name.
func (p *Palette) field(name string) (*Colour, bool) {
	fields := p.fields()
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return nil, false
	}
	return fields[i].colour, true
}

func (p *Palette) fields() []field {
	return []field{
		{"text", &p.Text}, {"title", &p.Title}, {"dim", &p.Dim}, {"line", &p.Line},
		{"accent", &p.Accent}, {"match", &p.Match}, {"control", &p.Control},
		{"profile", &p.Profile},
		{"active", &p.Active}, {"building", &p.Building}, {"pulling", &p.Pulling},
		{"failed", &p.Failed}, {"removing", &p.Removing}, {"warning", &p.Warning},
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
