package theme

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/lucasb-eyer/go-colorful"
	"github.com/muesli/termenv"
)

// enough is the contrast that WCAG 2 (1.4.3, AA) asks of text.
const enough = 4.5

// backgrounds are what terminals of each kind have behind the text: the
// program does not paint it. Solarized and the like have their own palettes.
var backgrounds = map[string][]string{
	"dark":  {"#000000", "#0d1117", "#171717", "#1a1b26"},
	"light": {"#ffffff", "#fafafa", "#f6f8fa"},
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
				front, back := colours(t, New(renderer(profile), p, Unicode).Ink(role, on))
				for _, ground := range backgrounds[p.Name] {
					if back != "" {
						ground = back
					}
					if c := contrast(t, front, ground); c < enough {
						t.Errorf("role %d on surface %d: %s on %s has a contrast of %.2f", role, on, front, ground, c)
					}
				}
			})
		})
	}
}

// TestRulesAreQuiet holds that decoration stays below text.
func TestRulesAreQuiet(t *testing.T) {
	for _, p := range Palettes() {
		ground := backgrounds[p.Name][0]
		line, dim := contrast(t, p.Line.TrueColor, ground), contrast(t, p.Dim.TrueColor, ground)
		if line >= dim/2 || line < 1.2 {
			t.Errorf("%s: a rule has a contrast of %.2f, dim text %.2f", p.Name, line, dim)
		}
	}
}

// TestSixteenColours holds that of the terminal's own 16 colours none is used
// as a background, and that every state still has its hue.
func TestSixteenColours(t *testing.T) {
	hue := map[Role]string{Active: "2", Building: "3", Pulling: "6", Failed: "1", Removing: "5", Sleeps: "3"}
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		ink := New(renderer(termenv.ANSI), p, Unicode).Ink(role, on)
		params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(ink.Open(), "\x1b["), "m"), ";")
		colours := slices.DeleteFunc(params, func(s string) bool { return len(s) < 2 }) // without 1 and 4
		if len(colours) != 1 || !strings.ContainsAny(colours[0][:1], "39") {
			t.Fatalf("role %d on %d opens with %q", role, on, ink.Open())
		}
		if want, state := hue[role]; state && on != Behind && colours[0][1:] != want {
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
				look := New(renderer(profile), p, Unicode).Ink(role, Base).Open()
				if other, taken := seen[look]; taken {
					t.Errorf("%s: roles %d and %d look the same", p.Name, other, role)
				}
				seen[look] = role
			}
		}
	}
}

// colours reads the foreground and background of an ink as #rrggbb.
func colours(t *testing.T, ink Ink) (front, back string) {
	t.Helper()
	params := strings.Split(strings.TrimSuffix(strings.TrimPrefix(ink.Open(), "\x1b["), "m"), ";")
	for i := 0; i < len(params); i++ {
		to := &front
		switch params[i] {
		case "48":
			to = &back
		case "38":
		default:
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
