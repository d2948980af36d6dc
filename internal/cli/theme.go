package cli

import (
	"github.com/muesli/termenv"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui"
)

// buildThemes returns the selectable themes, the chosen one first. It queries the
// terminal's background if the chosen theme depends on it.
func buildThemes(session *terminal.Session, chosen config.Theme, profile config.Profile, glyphs theme.Glyphs) []ui.NamedTheme {
	dark, ok := chosen.Background()
	if !ok {
		dark = session.Dark()
	}
	r := session.Renderer(dark)
	var themes []ui.NamedTheme
	for _, p := range palettes(r.ColorProfile(), dark, chosen, profile) {
		themes = append(themes, ui.NamedTheme{Name: p.Name, Theme: theme.New(r, p, glyphs)})
	}
	return themes
}

// palettes returns the chosen palette and the other built-in ones for the background.
// Without colours they would all look the same, so it returns the first only.
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
