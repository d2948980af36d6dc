package theme

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
)

// enough is the contrast that a palette must have in a depth of colour: what WCAG
// 2 asks of text, 4.5:1 (1.4.3, AA), and of high contrast 7:1 (1.4.6, AAA), which
// on white too few of the 256 colours reach.
func enough(p Palette, profile termenv.Profile) float64 {
	switch {
	case p.Name != nameHighContrast:
		return 4.5
	case profile == termenv.ANSI256 && p.OnLight:
		return 5.5
	}
	return 7
}

// grounds are what terminals have behind the text: the program does not paint it.
// Solarized and the like have their own palettes.
func grounds(p Palette) []string {
	switch {
	case p.Name == nameTerminal && p.OnLight:
		return []string{"#ffffff"}
	case p.Name == nameTerminal:
		return []string{"#000000"}
	case p.OnLight:
		return []string{"#ffffff", "#fafafa", "#f6f8fa"}
	}
	return []string{"#000000", "#0d1117", "#171717", "#1a1b26"}
}

// TestContrast reads what is really painted, in the colours that a terminal
// can show, and not what the palette says.
func TestContrast(t *testing.T) {
	for name, profile := range map[string]termenv.Profile{"true colour": termenv.TrueColor, "256 colours": termenv.ANSI256} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, p Palette, role Role, on Surface) {
				if role == Line { // decoration
					return
				}
				front, back := colours(t, New(renderer(profile), p, Unicode).SGR(role, on), p.OnLight)
				for _, ground := range grounds(p) {
					if back != "" {
						ground = back
					}
					if c := contrast(t, front, ground); c < enough(p, profile) {
						t.Errorf("role %d on surface %d: %s on %s has a contrast of %.2f, want %.1f", role, on, front, ground, c, enough(p, profile))
					}
				}
			})
		})
	}
}

// TestRulesAreQuiet holds that decoration stays below text.
func TestRulesAreQuiet(t *testing.T) {
	for _, p := range Palettes() {
		ground := grounds(p)[0]
		th := New(renderer(termenv.TrueColor), p, Unicode)
		rule, _ := colours(t, th.SGR(Line, Base), p.OnLight)
		dim, _ := colours(t, th.SGR(Dim, Base), p.OnLight)
		line, text := contrast(t, rule, ground), contrast(t, dim, ground)
		if line >= text/2 && p.Name != nameTerminal || line >= text || line < 1.2 {
			t.Errorf("%s: a rule has a contrast of %.2f, dim text %.2f", p.Name, line, text)
		}
	}
}

// TestSixteenColours holds that of the terminal's own 16 colours none is used
// as a background, and that every state still has its hue.
func TestSixteenColours(t *testing.T) {
	ordinary := map[Role]string{Active: "2", Building: "3", Pulling: "6", Failed: "1", Removing: "5", Warning: "3"}
	noGreen := map[Role]string{Active: "6", Building: "3", Pulling: "4", Failed: "1", Removing: "5", Warning: "3"}
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		ink := New(renderer(termenv.ANSI), p, Unicode).SGR(role, on)
		params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(ink.Open(), "\x1b["), "m"), ";")
		colours := slices.DeleteFunc(params, func(s string) bool { return len(s) < 2 }) // without bold, underlined and reversed
		if len(colours) != 1 || !strings.ContainsAny(colours[0][:1], "39") {
			t.Fatalf("role %d on %d opens with %q", role, on, ink.Open())
		}
		hue := ordinary
		if p.Name == nameHighContrast {
			hue = noGreen
		}
		if want, state := hue[role]; state && on != Dimmed && colours[0][1:] != want {
			t.Errorf("role %d on %d has the colour %s, want the hue %s", role, on, colours[0], want)
		}
	})
}

// TestStatesDiffer holds that states which can be mistaken have colours of
// their own, on the screen and on the cursor row.
func TestStatesDiffer(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		for _, p := range Palettes() {
			seen := map[string]Role{}
			for _, role := range []Role{Active, Building, Pulling, Pending, Failed, Removing} {
				look := New(renderer(profile), p, Unicode).SGR(role, Base).Open()
				if other, taken := seen[look]; taken {
					t.Errorf("%s: roles %d and %d look the same", p.Name, other, role)
				}
				seen[look] = role
			}
		}
	}
}

// The 16 colours of a dark and of a light terminal, as examples of what the
// palette of the terminal's own colours meets: those of xterm, and of GitHub's
// scheme for terminals with a white background.
var (
	xterm = strings.Fields("#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff")
	white = strings.Fields("#24292f #cf222e #116329 #4d2d00 #0969da #8250df #1b7c83 #c0c6cd #57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f")
)

// colours reads the foreground and background of an ink as #rrggbb. One of the
// terminal's own is what it is in an example of such a terminal.
func colours(t *testing.T, ink SGR, onLight bool) (front, back string) {
	t.Helper()
	own := xterm
	if onLight {
		own = white
	}
	params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(ink.Open(), "\x1b["), "m"), ";")
	for i := 0; i < len(params); i++ {
		to := &front
		switch n := number(t, params[i]); {
		case 30 <= n && n <= 37:
			front = own[n-30]
			continue
		case 90 <= n && n <= 97:
			front = own[n-90+8]
			continue
		case n == 48:
			to = &back
		case n != 38:
			continue
		}
		switch params[i+1] {
		case "2":
			*to = fmt.Sprintf("#%02x%02x%02x", number(t, params[i+2]), number(t, params[i+3]), number(t, params[i+4]))
			i += 4
		case "5":
			*to = termenv.ConvertToRGB(termenv.ANSI256Color(number(t, params[i+2]))).Hex()
			i += 2
		}
	}
	if front == "" {
		t.Fatalf("no colour in %q", ink.Open())
	}
	return front, back
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// contrast is the ratio of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	c, err := colorful.Hex(hex)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestContrastFormula(t *testing.T) {
	if c := contrast(t, "#000000", "#ffffff"); math.Abs(c-21) > 0.001 {
		t.Errorf("black on white: %.3f, want 21", c)
	}
	if c := contrast(t, "#767676", "#ffffff"); math.Abs(c-4.54) > 0.01 {
		t.Errorf("#767676 on white: %.3f, want 4.54", c)
	}
}

// TestTheStatesOfHighContrastDifferForEverybody looks at them with the eyes of
// those who have one kind of cone less (Machado, Oliveira and Fernandes 2009, "A
// physiologically-based model for simulation of color vision deficiency", full
// severity). The distance is CIEDE2000, where 2.3 is what one just sees side by
// side; these are words far apart from each other.
func TestTheStatesOfHighContrastDifferForEverybody(t *testing.T) {
	const apart = 10
	eyes := map[string][3][3]float64{
		"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
	states := map[string]Role{"active": Active, "building": Building, "pulling": Pulling, "failed": Failed, "removing": Removing}
	names := slices.Sorted(maps.Keys(states))
	for _, p := range []Palette{HighContrastDark(), HighContrastLight()} {
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256} {
			th := New(renderer(profile), p, Unicode)
			for eye, cones := range eyes {
				for i, name := range names {
					for _, other := range names[:i] {
						a, _ := colours(t, th.SGR(states[name], Base), p.OnLight)
						b, _ := colours(t, th.SGR(states[other], Base), p.OnLight)
						if d := 100 * seen(t, a, cones).DistanceCIEDE2000(seen(t, b, cones)); d < apart {
							t.Errorf("on light %v, %s, %s: %s and %s (%s, %s) are %.1f apart, want %d", p.OnLight, profile.Name(), eye, name, other, a, b, d, apart)
						}
					}
				}
			}
		}
	}
}

// seen is a colour as other eyes see it.
func seen(t *testing.T, hex string, cones [3][3]float64) colorful.Color {
	t.Helper()
	c, err := colorful.Hex(hex)
	if err != nil {
		t.Fatal(err)
	}
	r, g, b := c.LinearRgb()
	mix := func(row [3]float64) float64 { return min(max(row[0]*r+row[1]*g+row[2]*b, 0), 1) }
	return colorful.LinearRgb(mix(cones[0]), mix(cones[1]), mix(cones[2]))
}
