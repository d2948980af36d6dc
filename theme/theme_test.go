package theme

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

func renderer(p termenv.Profile) *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(p)
	return r
}

func trueColor(p Palette) Theme { return New(renderer(termenv.TrueColor), p, Unicode) }

// palettes returns the built-in palettes.
func palettes() []Palette {
	var all []Palette
	for _, name := range Names() {
		for _, dark := range []bool{true, false} {
			if p, _ := Named(name, dark); !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

// forEachStyle calls f for every role on every surface of every built-in palette.
func forEachStyle(t *testing.T, f func(t *testing.T, p Palette, role Role, on Surface)) {
	t.Helper()
	for _, p := range palettes() {
		t.Run(fmt.Sprintf("%s, on light %v", p.Name, p.OnLight), func(t *testing.T) {
			for role := range roleCount {
				for on := range surfaceCount {
					f(t, p, role, on)
				}
			}
		})
	}
}

func TestSGRAgreesWithLipGloss(t *testing.T) {
	r := renderer(termenv.TrueColor)
	p := Dark()
	th := New(r, p, Unicode)
	style := r.NewStyle
	for name, tc := range map[string]struct {
		role Role
		on   Surface
		want lipgloss.Style
	}{
		"text":                 {Text, Base, style().Foreground(p.Text)},
		"title is bold":        {Title, Base, style().Foreground(p.Title).Bold(true)},
		"key is bold accent":   {Key, Base, style().Foreground(p.Accent).Bold(true)},
		"accent is not bold":   {Accent, Base, style().Foreground(p.Accent)},
		"match is bold amber":  {Match, Base, style().Foreground(p.Match).Bold(true)},
		"tab is underlined":    {ActiveTab, Base, style().Foreground(p.Title).Bold(true).Underline(true)},
		"selected keeps state": {Failed, Selected, style().Foreground(p.Failed).Background(p.Selected)},
		"selected keeps match": {Match, Selected, style().Foreground(p.Match).Bold(true).Background(p.Selected)},
		"selected lifts dim":   {Dim, Selected, style().Foreground(p.SelectedDim).Background(p.Selected)},
		"dimmed is dim":        {Failed, Dimmed, style().Foreground(p.Dim)},
		"dimmed is not bold":   {ActiveTab, Dimmed, style().Foreground(p.Dim)},
		"profile is reversed":  {Profile, Base, style().Foreground(p.Profile).Bold(true).Reverse(true)},
		"dimmed keeps profile": {Profile, Dimmed, style().Foreground(p.Profile).Bold(true).Reverse(true)},
		"dimmed keeps rules":   {Line, Dimmed, style().Foreground(p.Line)},
		"unknown role":         {roleCount + 3, Base, style().Foreground(p.Text)},
		"unknown surface":      {Failed, surfaceCount, style().Foreground(p.Failed)},
	} {
		t.Run(name, func(t *testing.T) {
			sgr := th.SGR(tc.role, tc.on)
			if got, want := sgr.Open()+"two words"+sgr.Close(), tc.want.Render("two words"); !samePaint(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// samePaint compares two painted texts. Lip Gloss paints underlined text letter by letter,
// so it compares the style of the first letter and the text.
func samePaint(got, want string) bool {
	if !strings.Contains(want, "4;") && !strings.Contains(want, "[4m") {
		return got == want
	}
	open, _, _ := strings.Cut(want, "t")
	return strings.HasPrefix(got, open+"two words")
}

func TestSGRResetsTheStyle(t *testing.T) {
	forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
		sgr := trueColor(p).SGR(role, on)
		if !strings.HasPrefix(sgr.Open(), "\x1b[") || sgr.Close() != "\x1b[0m" {
			t.Errorf("role %d on %d: open %q, close %q", role, on, sgr.Open(), sgr.Close())
		}
	})
}

func TestShowsOnSpaces(t *testing.T) {
	forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
		want := role == Profile || (role == ActiveTab || role == Invalid) && on != Dimmed
		if got := trueColor(p).SGR(role, on).ShowsOnSpaces(); got != want {
			t.Errorf("role %d on %d: ShowsOnSpaces() = %v, want %v", role, on, got, want)
		}
	})
}

func TestSGRWithoutColour(t *testing.T) {
	r := renderer(termenv.Ascii)
	forEachStyle(t, func(t *testing.T, p Palette, role Role, on Surface) {
		sgr := New(r, p, Unicode).SGR(role, on)
		if sgr != (SGR{}) || sgr.Open()+sgr.Close() != "" {
			t.Errorf("role %d on %d: %+v", role, on, sgr)
		}
	})
}

func TestNoColorEnvironment(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	t.Setenv("TERM", "xterm-256color")
	th := New(lipgloss.NewRenderer(io.Discard), Dark(), Unicode)
	if got := th.SGR(Failed, Selected); got != (SGR{}) {
		t.Errorf("painted with %q", got.Open())
	}
}

func TestZeroTheme(t *testing.T) {
	var th Theme
	if got := th.SGR(Failed, Selected); got != (SGR{}) || th.fold("✗") != "✗" {
		t.Errorf("painted %q with %q", th.fold("✗"), got.Open())
	}
}

func TestNilRenderer(t *testing.T) {
	want := New(lipgloss.DefaultRenderer(), Dark(), Unicode).SGR(Failed, Base)
	if got := New(nil, Dark(), Unicode).SGR(Failed, Base); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func BenchmarkSGR(b *testing.B) {
	th := trueColor(Dark())
	for b.Loop() {
		if th.SGR(Failed, Selected).Open() == "" {
			b.Fatal("no sequence")
		}
	}
}

func BenchmarkNew(b *testing.B) {
	r := renderer(termenv.TrueColor)
	for b.Loop() {
		New(r, Dark(), Unicode)
	}
}
