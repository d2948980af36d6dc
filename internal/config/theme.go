package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"daytona/snapdeck/theme"
)

// ThemeChoices describes the valid themes, for an error.
func ThemeChoices() string {
	return strings.Join(theme.Names(), ", ") + ", or a file like my-theme.yaml"
}

// CheckTheme returns an error unless choice is the name of a built-in theme or could
// be the path of a theme file.
func CheckTheme(choice string) error {
	if !isThemeFile(choice) && !slices.Contains(theme.Names(), choice) {
		return errInvalidValue
	}
	return nil
}

// Theme is a selected theme. The zero Theme is dark or light, depending on the terminal's
// background.
type Theme struct {
	name    string
	base    string      // built-in theme; "" for dark or light
	changes [][2]string // name of a colour and its new value, in file order
}

// BuiltIn returns the built-in theme with that name.
func BuiltIn(name string) Theme { return Theme{name: name, base: name} }

// LoadTheme returns the theme for a choice that passed [CheckTheme], reading its file
// if it is a path. Errors and warnings are like those of [Load].
func LoadTheme(choice string) (t Theme, warnings []Problem, err error) {
	if !isThemeFile(choice) {
		return BuiltIn(choice), nil, nil
	}
	source, err := readWithTimeout(choice, defaultTimeouts())
	if err != nil {
		return Theme{}, nil, fmt.Errorf("reading theme: %w", err)
	}
	return ParseTheme(choice, source)
}

// ParseTheme parses a theme file: a base and the colours that differ from it. The
// theme has the name of the file.
func ParseTheme(path string, source []byte) (t Theme, warnings []Problem, err error) {
	d := &decoder{name: path}
	if err := decodeFile(d, source, themeSettings(), &t); err != nil {
		return Theme{}, nil, err
	}
	t.name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return t, d.warnings, nil
}

func themeSettings() map[string]setting[Theme] {
	settings := map[string]setting[Theme]{
		"base": {"one of " + strings.Join(theme.Names(), ", "), func(v ast.Node, t *Theme, _ *decoder) error {
			return decode(v, &t.base, func(name string) error {
				if !slices.Contains(theme.Names(), name) {
					return errInvalidValue
				}
				return nil
			})
		}},
	}
	for _, name := range theme.ColourNames() {
		settings[name] = setting[Theme]{theme.ExpectedColour, func(v ast.Node, t *Theme, _ *decoder) error {
			var colour string
			if err := decodeText(v, &colour); err != nil {
				return err
			}
			if _, err := theme.Dark().With(name, colour); err != nil {
				return errInvalidValue
			}
			t.changes = append(t.changes, [2]string{name, colour})
			return nil
		}}
	}
	return settings
}

// Background returns whether the theme is for a dark background; ok is false if that
// depends on the terminal.
func (t Theme) Background() (dark, ok bool) {
	onDark, found := theme.Named(t.base, true)
	onLight, _ := theme.Named(t.base, false)
	return !onDark.OnLight, found && onDark == onLight
}

// Palette returns the colours of the theme for a background, including the header
// colour of the profile.
func (t Theme) Palette(dark bool, profile Profile) theme.Palette {
	p, ok := theme.Named(t.base, dark)
	if !ok {
		p, _ = theme.Named(theme.ForBackground(dark), dark)
	}
	changes := t.changes
	if profile.HeaderColour != "" {
		changes = append(slices.Clone(changes), [2]string{headerColour, profile.HeaderColour})
	}
	for _, change := range changes {
		if changed, err := p.With(change[0], change[1]); err == nil { // validated when it was decoded
			p = changed
		}
	}
	if t.name != "" {
		p.Name = t.name
	}
	return p
}
