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

// minContrast returns the lowest contrast of a palette at a colour depth. WCAG 2 requires
// 4.5:1 for text (1.4.3, AA) and 7:1 for high contrast (1.4.6, AAA). Too few of the 256
// colours have 7:1 on white.
func minContrast(p Palette, profile termenv.Profile) float64 {
	switch {
	case p.Name != nameHighContrast:
		return 4.5
	case profile == termenv.ANSI256 && p.OnLight:
		return 5.5
	}
	return 7
}

// backgrounds returns common backgrounds of terminals, since the program does not paint
// one. Schemes like Solarized need the terminal palette.
func backgrounds(p Palette) []string {
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

// TestContrast measures the painted colours of each depth, not those of the palette.
func TestContrast(t *testing.T) {
	for name, profile := range map[string]termenv.Profile{"true colour": termenv.TrueColor, "256 colours": termenv.ANSI256} {
		t.Run(name, func(t *testing.T) {
			forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
				if role == Line { // decoration
					return
				}
				front, back := colours(t, New(renderer(profile), p, Unicode).SGR(role, on), p.OnLight)
				for _, background := range backgrounds(p) {
					if back != "" {
						background = back
					}
					if c := contrast(t, front, background); c < minContrast(p, profile) {
						t.Errorf("role %d on surface %d: %s on %s has a contrast of %.2f, want %.1f", role, on, front, background, c, minContrast(p, profile))
					}
				}
			})
		})
	}
}

// Rules have less contrast than text.
func TestRulesAreFainterThanText(t *testing.T) {
	for _, p := range palettes() {
		background := backgrounds(p)[0]
		th := New(renderer(termenv.TrueColor), p, Unicode)
		rule, _ := colours(t, th.SGR(Line, Base), p.OnLight)
		dim, _ := colours(t, th.SGR(Dim, Base), p.OnLight)
		line, text := contrast(t, rule, background), contrast(t, dim, background)
		if line >= text/2 && p.Name != nameTerminal || line >= text || line < 1.2 {
			t.Errorf("%s: a rule has a contrast of %.2f, dim text %.2f", p.Name, line, text)
		}
	}
}

// With 16 colours, none is used as a background, and every state has its hue.
func TestSixteenColours(t *testing.T) {
	ordinary := map[Role]string{Active: "2", Building: "3", Pulling: "6", Failed: "1", Removing: "5", Warning: "3"}
	noGreen := map[Role]string{Active: "6", Building: "3", Pulling: "4", Failed: "1", Removing: "5", Warning: "3"}
	forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
		sgr := New(renderer(termenv.ANSI), p, Unicode).SGR(role, on)
		params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(sgr.Open(), "\x1b["), "m"), ";")
		colours := slices.DeleteFunc(params, func(s string) bool { return len(s) < 2 }) // not bold, underlined or reversed
		if len(colours) != 1 || !strings.ContainsAny(colours[0][:1], "39") {
			t.Fatalf("role %d on %d opens with %q", role, on, sgr.Open())
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

// States that could be confused have different colours.
func TestStatesDiffer(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
		for _, p := range palettes() {
			seen := map[string]Role{}
			for _, role := range []Role{Active, Building, Pulling, Pending, Failed, Removing} {
				open := New(renderer(profile), p, Unicode).SGR(role, Base).Open()
				if other, taken := seen[open]; taken {
					t.Errorf("%s: roles %d and %d look the same", p.Name, other, role)
				}
				seen[open] = role
			}
		}
	}
}

// The 16 colours of two terminal schemes: xterm (dark) and GitHub (light).
var (
	xterm = strings.Fields("#000000 #cd0000 #00cd00 #cdcd00 #0000ee #cd00cd #00cdcd #e5e5e5 #7f7f7f #ff0000 #00ff00 #ffff00 #5c5cff #ff00ff #00ffff #ffffff")
	white = strings.Fields("#24292f #cf222e #116329 #4d2d00 #0969da #8250df #1b7c83 #c0c6cd #57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f")
)

// colours returns the foreground and background of an SGR as #rrggbb. The 16 colours are
// those of the example schemes.
func colours(t *testing.T, sgr SGR, onLight bool) (front, back string) {
	t.Helper()
	scheme := xterm
	if onLight {
		scheme = white
	}
	params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(sgr.Open(), "\x1b["), "m"), ";")
	for i := 0; i < len(params); i++ {
		to := &front
		switch n := number(t, params[i]); {
		case 30 <= n && n <= 37:
			front = scheme[n-30]
			continue
		case 90 <= n && n <= 97:
			front = scheme[n-90+8]
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
		t.Fatalf("no colour in %q", sgr.Open())
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

// contrast returns the contrast ratio of WCAG 2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
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

// The states of the high-contrast palettes differ for colour-blind users. The simulation
// is that of Machado, Oliveira and Fernandes (2009), "A physiologically-based model for
// simulation of color vision deficiency", at full severity. The distance is CIEDE2000,
// where 2.3 is just noticeable side by side; states are far apart on the screen.
func TestHighContrastStatesDifferForColourBlindness(t *testing.T) {
	const minDistance = 10
	visions := map[string][3][3]float64{
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
			for vision, cones := range visions {
				for i, name := range names {
					for _, other := range names[:i] {
						a, _ := colours(t, th.SGR(states[name], Base), p.OnLight)
						b, _ := colours(t, th.SGR(states[other], Base), p.OnLight)
						if d := 100 * simulate(t, a, cones).DistanceCIEDE2000(simulate(t, b, cones)); d < minDistance {
							t.Errorf("on light %v, %s, %s: %s and %s (%s, %s) are %.1f apart, want %d", p.OnLight, profile.Name(), vision, name, other, a, b, d, minDistance)
						}
					}
				}
			}
		}
	}
}

// simulate returns a colour as seen with other cones.
func simulate(t *testing.T, hex string, cones [3][3]float64) colorful.Color {
	t.Helper()
	c, err := colorful.Hex(hex)
	if err != nil {
		t.Fatal(err)
	}
	r, g, b := c.LinearRgb()
	mix := func(row [3]float64) float64 { return min(max(row[0]*r+row[1]*g+row[2]*b, 0), 1) }
	return colorful.LinearRgb(mix(cones[0]), mix(cones[1]), mix(cones[2]))
}
