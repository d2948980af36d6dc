package ui

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
)

// TestColourIsNeverNeeded draws every scene in every palette, in as many colours as
// terminals have and in none. The text is always the same, and each palette looks different.
// With the glyphs of --ascii nothing else than ASCII is drawn.
func TestColourIsNeverNeeded(t *testing.T) {
	long(t)
	t.Parallel()
	painted := func(profile termenv.Profile, p theme.Palette, glyphs theme.Glyphs) theme.Theme {
		renderer := lipgloss.NewRenderer(io.Discard)
		renderer.SetColorProfile(profile)
		return theme.New(renderer, p, glyphs)
	}
	var palettes []theme.Palette
	for _, name := range theme.Names() {
		for _, dark := range []bool{true, false} {
			if p, _ := theme.Named(name, dark); !slices.Contains(palettes, p) {
				palettes = append(palettes, p)
			}
		}
	}
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			scene.open(h)
			want := h.screen()
			looks := map[string]string{}
			for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
				for _, p := range palettes {
					h.app.theme = painted(profile, p, theme.Unicode)
					h.check()
					if h.screen() != want {
						t.Errorf("%s in %s shows another text", p.Name, profile.Name())
					}
					look := fmt.Sprintf("%s, on light %v, in %s", p.Name, p.OnLight, profile.Name())
					if other, taken := looks[h.app.View()]; taken && profile == termenv.TrueColor {
						t.Errorf("%s looks as %s", look, other)
					}
					looks[h.app.View()] = look
				}
			}
			h.app.theme = painted(termenv.Ascii, theme.Dark(), theme.Unicode)
			h.check()
			if got := h.app.View(); got != ansi.Strip(got) {
				t.Error("NO_COLOR draws colour")
			}
			if h.screen() != want {
				t.Error("NO_COLOR shows another text")
			}
			h.app.theme = painted(termenv.Ascii, theme.Dark(), theme.ASCII)
			h.check()
			for _, r := range h.app.View() {
				if r > 0x7e {
					t.Fatalf("--ascii draws %q", r)
				}
			}
		})
	}
}

func TestKeyGoesThroughTheThemes(t *testing.T) {
	t.Parallel()
	renderer := lipgloss.NewRenderer(io.Discard)
	renderer.SetColorProfile(termenv.ANSI256)
	h := newHarness(t, func(s *setup) {
		for _, p := range []theme.Palette{theme.Dark(), theme.HighContrastDark(), theme.Terminal(true)} {
			s.options.Themes = append(s.options.Themes, NamedTheme{Name: p.Name, Theme: theme.New(renderer, p, theme.Unicode)})
		}
	})
	for _, step := range []struct{ name, failed string }{
		{"high-contrast", "\x1b[38;5;208m"}, {"terminal", "\x1b[91m"}, {"dark", "\x1b[38;5;204m"},
	} {
		h.press("t")
		h.sees("theme: " + step.name)
		if !strings.Contains(h.app.View(), step.failed+"✗ error") {
			t.Errorf("%s does not paint failed rows with %q", step.name, step.failed)
		}
	}
}
