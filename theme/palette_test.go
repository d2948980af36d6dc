package theme

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestWith(t *testing.T) {
	p, err := Dark().With("failed", "#ff0000")
	if err != nil || p.Failed != (Colour{TrueColor: "#ff0000", ANSI256: "#ff0000", ANSI: "#ff0000"}) {
		t.Fatalf("got %v, %v", p.Failed, err)
	}
	if p.Failed = Dark().Failed; p != Dark() {
		t.Error("With changed another colour too")
	}
	if p, err = Dark().With("dim", "244"); err != nil || p.Dim.TrueColor != "244" {
		t.Errorf("got %v, %v", p.Dim, err)
	}
	if p, err = Dark().With("profile", "failed"); err != nil || p.Profile != Dark().Failed {
		t.Errorf("got %v, %v, want the colour of failed in all depths", p.Profile, err)
	}
}

func TestWithErrors(t *testing.T) {
	for _, tc := range []struct{ name, colour, says string }{
		{"fialed", "#ff0000", `unknown colour "fialed"`},
		{"name", "#ff0000", `unknown colour "name"`},
		{"failed", "red", `failed: "red" is not a colour`},
		{"failed", "#ff00", "not a colour"},
		{"failed", "#ff00zz", "not a colour"},
		{"failed", "#+f00ff", "not a colour"},
		{"failed", "256", "not a colour"},
		{"failed", "-1", "not a colour"},
		{"failed", "", "not a colour"},
		{"failed", "1;31", "not a colour"},
	} {
		p, err := Light().With(tc.name, tc.colour)
		if err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s = %q: %v, want %q", tc.name, tc.colour, err, tc.says)
		}
		if p != Light() {
			t.Errorf("%s = %q changed the palette", tc.name, tc.colour)
		}
	}
}

// Each colour of a Palette has a name for theme files and is set in all built-in palettes.
func TestAllColoursAreNamedAndSet(t *testing.T) {
	var fields []string
	for f := range reflect.TypeFor[Palette]().Fields() {
		if f.Type == reflect.TypeFor[Colour]() {
			fields = append(fields, strings.ToLower(f.Name))
		}
	}
	if names := ColourNames(); !slices.Equal(names, fields) {
		t.Errorf("names %v, fields %v", names, fields)
	}
	for _, p := range palettes() {
		for _, f := range p.fields() {
			c := *f.colour
			if f.name == "selected" && c.ANSI == "" { // see Dark
				c.ANSI = "0"
				if p.Name == nameTerminal {
					continue
				}
			}
			if !isColour(c.TrueColor) || !isColour(c.ANSI256) || !isColour(c.ANSI) {
				t.Errorf("%s has the colour %v for %s", p.Name, c, f.name)
			}
		}
	}
}

func TestNamed(t *testing.T) {
	for _, name := range Names() {
		for _, dark := range []bool{true, false} {
			p, ok := Named(name, dark)
			if !ok || p.Name != name {
				t.Errorf("%s for dark %v: %s, %v", name, dark, p.Name, ok)
			}
			if fixed := name == ForBackground(true) || name == ForBackground(false); !fixed && p.OnLight == dark {
				t.Errorf("%s for dark %v is for the other background", name, dark)
			}
		}
	}
	if p, ok := Named("pink", true); ok {
		t.Errorf("Named(pink) = %v", p)
	}
	if Dark().OnLight || !Light().OnLight || ForBackground(true) != Dark().Name || ForBackground(false) != Light().Name {
		t.Error("ForBackground returns a theme for the other background")
	}
}

// The terminal theme uses the 16 colours of the terminal at every depth.
func TestTerminalUsesSixteenColours(t *testing.T) {
	forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
		if p.Name != nameTerminal {
			return
		}
		if open := trueColor(p).SGR(role, on).Open(); strings.Contains(open, "38;") || strings.Contains(open, "48;") {
			t.Errorf("role %d on %d opens with %q", role, on, open)
		}
	})
}
