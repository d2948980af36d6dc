package ui

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"daytona/snapdeck/theme"
)

// TestThemesDifferInNothingButColour draws every screen in every palette, in as
// many colours as terminals have.
func TestThemesDifferInNothingButColour(t *testing.T) {
	for name, scene := range scenes() {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t)
			scene.open(h)
			want := h.screen()
			seen := map[string]string{h.app.View(): "as it was"}
			for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256, termenv.ANSI} {
				renderer := lipgloss.NewRenderer(io.Discard)
				renderer.SetColorProfile(profile)
				for _, p := range theme.Palettes() {
					h.app.theme = theme.New(renderer, p, theme.Unicode)
					h.check()
					if h.screen() != want {
						t.Errorf("%s in %s shows another text", p.Name, profile.Name())
					}
					look := fmt.Sprintf("%s, on light %v, in %s", p.Name, p.OnLight, profile.Name())
					if other, taken := seen[h.app.View()]; taken && profile == termenv.TrueColor && p != theme.Dark() {
						t.Errorf("%s looks as %s", look, other)
					}
					seen[h.app.View()] = look
				}
			}
		})
	}
}

func TestKeyGoesThroughTheThemes(t *testing.T) {
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
