package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"daytona/snapdeck/theme"
)

// WantTheme says what can be chosen as a theme, for an error.
const WantTheme = "dark, light, high-contrast, terminal, or a file like my-theme.yaml"

// CheckTheme returns an error unless a theme can be chosen by this text: by the
// name of a built-in one, or by what is the path of a file.
func CheckTheme(choice string) error {
	if !isThemeFile(choice) && !slices.Contains(theme.Names(), choice) {
		return errUnfit
	}
	return nil
}

// Theme is a theme that was chosen. The zero Theme is the one that fits the
// background of the terminal.
type Theme struct {
	name    string
	base    string      // "" for the one that fits the background
	changes [][2]string // colours by their names, in the order of the file
}

// BuiltIn returns the built-in theme of that name.
func BuiltIn(name string) Theme { return Theme{name: name, base: name} }

// LoadTheme returns the theme for a choice that [CheckTheme] has approved, and
// reads its file where there is one. Errors and warnings are as those of [Load].
func LoadTheme(choice string) (t Theme, warnings []Problem, err error) {
	if !isThemeFile(choice) {
		return BuiltIn(choice), nil, nil
	}
	source, err := readFile(choice, patience)
	if err != nil {
		return Theme{}, nil, fmt.Errorf("the theme %w", err)
	}
	return ParseTheme(choice, source)
}

// ParseTheme reads the text of a theme file: a base and the colours that differ
// from it. The name of the theme is that of the file.
func ParseTheme(path string, source []byte) (t Theme, warnings []Problem, err error) {
	in := &reader{name: path}
	if err := parse(in, source, themeSettings(), &t); err != nil {
		return Theme{}, nil, err
	}
	t.name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return t, in.warnings, nil
}

func themeSettings() map[string]setting[Theme] {
	settings := map[string]setting[Theme]{
		"base": {"one of " + strings.Join(theme.Names(), ", "), func(v ast.Node, t *Theme, _ *reader) error {
			return decode(v, &t.base, func(name string) error {
				if !slices.Contains(theme.Names(), name) {
					return errUnfit
				}
				return nil
			})
		}},
	}
	for _, name := range theme.ColourNames() {
		settings[name] = setting[Theme]{theme.WantColour, func(v ast.Node, t *Theme, _ *reader) error {
			var colour string
			if err := text(v, &colour); err != nil {
				return err
			}
			if _, err := theme.Dark().With(name, colour); err != nil {
				return errUnfit
			}
			t.changes = append(t.changes, [2]string{name, colour})
			return nil
		}}
	}
	return settings
}

// Background returns whether the theme is for a dark background, and false as ok
// where it has to be known first.
func (t Theme) Background() (dark, ok bool) {
	onDark, found := theme.Named(t.base, true)
	onLight, _ := theme.Named(t.base, false)
	return !onDark.OnLight, found && onDark == onLight
}

// Palette returns the colours of the theme on a background, and in which of them
// the header marks the profile.
func (t Theme) Palette(dark bool, profile Profile) theme.Palette {
	p, ok := theme.Named(t.base, dark)
	if !ok {
		p, _ = theme.Named(theme.OfBackground(dark), dark)
	}
	changes := t.changes
	if profile.HeaderColour != "" {
		changes = append(slices.Clone(changes), [2]string{headerColour, profile.HeaderColour})
	}
	for _, change := range changes {
		if changed, err := p.With(change[0], change[1]); err == nil { // it was checked when it was read
			p = changed
		}
	}
	if t.name != "" {
		p.Name = t.name
	}
	return p
}
