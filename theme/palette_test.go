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
			if !isColour(c.TrueColor) || !isColour(c.ANSI256) || !isColour(c.ANSI) && f.name != "selected" {
				t.Errorf("%s has %v as its %s", p.Name, c, f.name)
			}
		}
	}
}
