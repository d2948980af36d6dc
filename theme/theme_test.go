package theme

import (
	"fmt"
	"io"
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

// each calls f for every role on every surface of every built-in palette.
func each(t *testing.T, f func(t *testing.T, p Palette, role Role, on Surface)) {
	t.Helper()
	for _, p := range Palettes() {
		t.Run(fmt.Sprintf("%s, on light %v", p.Name, p.OnLight), func(t *testing.T) {
			for role := range roleCount {
				for on := range surfaceCount {
					f(t, p, role, on)
				}
			}
		})
	}
}

func TestInkIsWhatLipGlossDraws(t *testing.T) {
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
		"behind is dim":        {Failed, Dimmed, style().Foreground(p.Dim)},
		"behind is not bold":   {ActiveTab, Dimmed, style().Foreground(p.Dim)},
		"profile is a block":   {Profile, Base, style().Foreground(p.Profile).Bold(true).Reverse(true)},
		"behind keeps profile": {Profile, Dimmed, style().Foreground(p.Profile).Bold(true).Reverse(true)},
		"behind keeps rules":   {Line, Dimmed, style().Foreground(p.Line)},
		"unknown role":         {roleCount + 3, Base, style().Foreground(p.Text)},
		"unknown surface":      {Failed, surfaceCount, style().Foreground(p.Failed)},
	} {
		t.Run(name, func(t *testing.T) {
			if got, want := th.SGR(tc.role, tc.on).Paint("two words"), tc.want.Render("two words"); !same(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// same compares two painted texts. Lip Gloss draws an underlined text letter by
// letter, so only the first one's look and the letters count.
func same(got, want string) bool {
	if !strings.Contains(want, "4;") && !strings.Contains(want, "[4m") {
		return got == want
	}
	open, _, _ := strings.Cut(want, "t")
	return strings.HasPrefix(got, open+"two words")
}

func TestEveryInkEndsWhatItBegins(t *testing.T) {
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		ink := trueColor(p).SGR(role, on)
		if !strings.HasPrefix(ink.Open(), "\x1b[") || ink.Close() != "\x1b[0m" {
			t.Errorf("role %d on %d: open %q, close %q", role, on, ink.Open(), ink.Close())
		}
		if got := ink.Paint("a"); got != ink.Open()+"a"+ink.Close() {
			t.Errorf("role %d on %d: painted %q", role, on, got)
		}
	})
}

func TestMarksSpace(t *testing.T) {
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		want := role == Profile || (role == ActiveTab || role == Invalid) && on != Dimmed
		if got := trueColor(p).SGR(role, on).ShowsOnSpaces(); got != want {
			t.Errorf("role %d on %d: marks a space %v, want %v", role, on, got, want)
		}
	})
}

func TestWithoutColourNothingIsPainted(t *testing.T) {
	r := renderer(termenv.Ascii)
	each(t, func(t *testing.T, p Palette, role Role, on Surface) {
		ink := New(r, p, Unicode).SGR(role, on)
		if ink != (SGR{}) || ink.Paint("✗ error") != "✗ error" {
			t.Errorf("role %d on %d: %+v", role, on, ink)
		}
	})
}

func TestNoColorOfTheEnvironmentIsHeard(t *testing.T) {
	t.Setenv("NO_COLOR", "1")
	t.Setenv("TERM", "xterm-256color")
	th := New(lipgloss.NewRenderer(io.Discard), Dark(), Unicode)
	if got := th.SGR(Failed, Selected).Paint("x"); got != "x" {
		t.Errorf("painted %q", got)
	}
}

func TestZeroTheme(t *testing.T) {
	var th Theme
	if got := th.SGR(Failed, Selected).Paint(th.Fold("✗")); got != "✗" {
		t.Errorf("painted %q", got)
	}
}

func TestNilRendererIsTheDefaultOne(t *testing.T) {
	want := New(lipgloss.DefaultRenderer(), Dark(), Unicode).SGR(Failed, Base)
	if got := New(nil, Dark(), Unicode).SGR(Failed, Base); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func BenchmarkInk(b *testing.B) {
	th := trueColor(Dark())
	for b.Loop() {
		if th.SGR(Failed, Selected).Open() == "" {
			b.Fatal("no ink")
		}
	}
}

func BenchmarkNew(b *testing.B) {
	r := renderer(termenv.TrueColor)
	for b.Loop() {
		New(r, Dark(), Unicode)
	}
}
