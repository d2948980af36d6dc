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
		t.Error("another colour has changed too")
	}
	if p, err = Dark().With("dim", "244"); err != nil || p.Dim.TrueColor != "244" {
		t.Errorf("got %v, %v", p.Dim, err)
	}
	if p, err = Dark().With("profile", "failed"); err != nil || p.Profile != Dark().Failed {
		t.Errorf("got %v, %v, want the colour of failed in every depth", p.Profile, err)
	}
}

func TestWithRefuses(t *testing.T) {
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

// TestEveryColourHasAName fails when a colour is added to Palette and cannot be
// changed in a theme file, or is missing in a built-in palette.
func TestEveryColourHasAName(t *testing.T) {
	var fields []string
	for f := range reflect.TypeFor[Palette]().Fields() {
		if f.Type == reflect.TypeFor[Colour]() {
			fields = append(fields, strings.ToLower(f.Name))
		}
	}
	if names := ColourNames(); !slices.Equal(names, fields) {
		t.Errorf("names %v, fields %v", names, fields)
	}
	for _, p := range Palettes() {
		for _, f := range p.fields() {
			c := *f.colour
			if f.name == "selected" && c.ANSI == "" { // all of 16 are loud
				c.ANSI = "0"
				if p.Name == nameTerminal {
					continue
				}
			}
			if !isColour(c.TrueColor) || !isColour(c.ANSI256) || !isColour(c.ANSI) {
				t.Errorf("%s has %v as its %s", p.Name, c, f.name)
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
				t.Errorf("%s for dark %v is the one for the other background", name, dark)
			}
			if !slices.Contains(Palettes(), p) {
				t.Errorf("%s for dark %v is not among all palettes, so nothing measures it", name, dark)
			}
		}
	}
	if p, ok := Named("pink", true); ok {
		t.Errorf("pink is %v", p)
	}
	if Dark().OnLight || !Light().OnLight || ForBackground(true) != Dark().Name || ForBackground(false) != Light().Name {
		t.Error("the palette of a background is the one for the other")
	}
}

// TestTerminalIsOnlyTheTerminals16 holds that no depth lets other colours in.
func TestTerminalIsOnlyTheTerminals16(t *testing.T) {
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		if p.Name != nameTerminal {
			return
		}
		if open := trueColor(p).SGR(role, on).Open(); strings.Contains(open, "38;") || strings.Contains(open, "48;") {
			t.Errorf("role %d on %d opens with %q", role, on, open)
		}
	})
}
