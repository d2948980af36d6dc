package theme

// The names of the built-in themes.
const (
	nameDark         = "dark"
	nameLight        = "light"
	nameHighContrast = "high-contrast"
	nameTerminal     = "terminal"
)

// Names returns the names of the built-in themes, in the order in which the user cycles
// through them.
func Names() []string { return []string{nameDark, nameLight, nameHighContrast, nameTerminal} }

// Named returns the built-in palette with the name. If the theme has palettes for dark
// and light backgrounds, dark selects one.
func Named(name string, dark bool) (Palette, bool) {
	switch name {
	case nameDark:
		return Dark(), true
	case nameLight:
		return Light(), true
	case nameHighContrast:
		if dark {
			return HighContrastDark(), true
		}
		return HighContrastLight(), true
	case nameTerminal:
		return Terminal(dark), true
	}
	return Palette{}, false
}

// ForBackground returns the name of the default theme for a background.
func ForBackground(dark bool) string {
	if dark {
		return nameDark
	}
	return nameLight
}

// HighContrastDark is the palette for low vision and colour blindness on a dark terminal.
// Text has a contrast of 7:1 (WCAG 2, 1.4.6 AAA). States differ in lightness and on the
// blue-yellow axis, never on the red-green axis alone. The colours were chosen to maximize
// the smallest difference between two states over all kinds of colour blindness.
func HighContrastDark() Palette {
	return Palette{
		Name:  nameHighContrast,
		Text:  Colour{TrueColor: "#ffffff", ANSI256: "231", ANSI: "15"},
		Title: Colour{TrueColor: "#ffffff", ANSI256: "231", ANSI: "15"},
		Dim:   Colour{TrueColor: "#c8c8c8", ANSI256: "251", ANSI: "7"},
		Line:  Colour{TrueColor: "#767676", ANSI256: "243", ANSI: "8"},

		Accent:  Colour{TrueColor: "#9fd0ff", ANSI256: "153", ANSI: "14"},
		Match:   Colour{TrueColor: "#ffd75f", ANSI256: "221", ANSI: "11"},
		Control: Colour{TrueColor: "#ff9ff3", ANSI256: "219", ANSI: "13"},
		Profile: Colour{TrueColor: "#9fd0ff", ANSI256: "153", ANSI: "14"},

		Active:   Colour{TrueColor: "#5fffaf", ANSI256: "85", ANSI: "14"},
		Building: Colour{TrueColor: "#ffff5f", ANSI256: "227", ANSI: "11"},
		Pulling:  Colour{TrueColor: "#5fafff", ANSI256: "75", ANSI: "12"},
		Failed:   Colour{TrueColor: "#ff8700", ANSI256: "208", ANSI: "9"},
		Removing: Colour{TrueColor: "#ffafd7", ANSI256: "218", ANSI: "13"},
		Warning:  Colour{TrueColor: "#ffd75f", ANSI256: "221", ANSI: "11"},

		String: Colour{TrueColor: "#afffd7", ANSI256: "158", ANSI: "14"},
		Number: Colour{TrueColor: "#9fd0ff", ANSI256: "153", ANSI: "14"},

		Selected:    Colour{TrueColor: "#101c2c", ANSI256: "234"},
		SelectedDim: Colour{TrueColor: "#e0e0e0", ANSI256: "254", ANSI: "15"},
	}
}

// HighContrastLight is [HighContrastDark] for a light terminal.
func HighContrastLight() Palette {
	return Palette{
		Name:    nameHighContrast,
		OnLight: true,
		Text:    Colour{TrueColor: "#000000", ANSI256: "16", ANSI: "0"},
		Title:   Colour{TrueColor: "#000000", ANSI256: "16", ANSI: "0"},
		Dim:     Colour{TrueColor: "#444444", ANSI256: "238", ANSI: "0"},
		Line:    Colour{TrueColor: "#8a8a8a", ANSI256: "245", ANSI: "8"},

		Accent:  Colour{TrueColor: "#003f8f", ANSI256: "18", ANSI: "4"},
		Match:   Colour{TrueColor: "#5f3a00", ANSI256: "58", ANSI: "5"},
		Control: Colour{TrueColor: "#7a0070", ANSI256: "53", ANSI: "5"},
		Profile: Colour{TrueColor: "#003f8f", ANSI256: "18", ANSI: "4"},

		Active:   Colour{TrueColor: "#00504a", ANSI256: "23", ANSI: "6"},
		Building: Colour{TrueColor: "#674b00", ANSI256: "58", ANSI: "3"},
		Pulling:  Colour{TrueColor: "#1020e0", ANSI256: "20", ANSI: "4"},
		Failed:   Colour{TrueColor: "#560c00", ANSI256: "52", ANSI: "1"},
		Removing: Colour{TrueColor: "#5c007c", ANSI256: "54", ANSI: "5"},
		Warning:  Colour{TrueColor: "#674b00", ANSI256: "58", ANSI: "3"},

		String: Colour{TrueColor: "#00504a", ANSI256: "23", ANSI: "6"},
		Number: Colour{TrueColor: "#003f8f", ANSI256: "18", ANSI: "4"},

		Selected:    Colour{TrueColor: "#eef3fb", ANSI256: "255"},
		SelectedDim: Colour{TrueColor: "#303030", ANSI256: "236", ANSI: "0"},
	}
}

// Terminal is the palette of the terminal's own 16 colours at every colour depth, for
// users who configured them. It is the 16 colours of [Dark] or [Light].
func Terminal(dark bool) Palette {
	p := Light()
	if dark {
		p = Dark()
		// Blue is hardly brighter than black in most terminals.
		p.Accent.ANSI, p.Profile.ANSI = "6", "6"
	}
	p.Name = nameTerminal
	for _, f := range p.fields() {
		*f.colour = Colour{TrueColor: f.colour.ANSI, ANSI256: f.colour.ANSI, ANSI: f.colour.ANSI}
	}
	return p
}
