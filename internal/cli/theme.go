package cli

import (
	"github.com/muesli/termenv"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui"
)

// buildThemes makes the themes that the user goes through, the chosen one first. It
// asks the terminal for its background where that decides.
func buildThemes(session *terminal.Session, chosen config.Theme, profile config.Profile, ascii bool) []ui.NamedTheme {
	dark, known := chosen.Background()
	if !known {
		dark = session.Dark()
	}
	glyphs := theme.Unicode
	if ascii {
		glyphs = theme.ASCII
	}
	r := session.Renderer(dark)
	var themes []ui.NamedTheme
	for _, p := range palettes(r.ColorProfile(), dark, chosen, profile) {
		themes = append(themes, ui.NamedTheme{Name: p.Name, Theme: theme.New(r, p, glyphs)})
	}
	return themes
}

// palettes are the chosen palette and then the other built-in ones, each for the
// background. Without colours they would all be the same.
func palettes(colours termenv.Profile, dark bool, chosen config.Theme, profile config.Profile) []theme.Palette {
	first := chosen.Palette(dark, profile)
	palettes := []theme.Palette{first}
	if colours == termenv.Ascii {
		return palettes
	}
	for _, name := range theme.Names() {
		if name != first.Name {
			palettes = append(palettes, config.BuiltIn(name).Palette(dark, profile))
		}
	}
	return palettes
}
