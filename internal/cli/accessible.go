package cli

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

// accessible reports whether the dashboard is for a screen reader: the flag overrides
// SNAPDECK_ACCESSIBLE, which is on with any value but those of false.
func (p *program) accessible(set *pflag.FlagSet, f *flags) bool {
	value := p.Getenv("SNAPDECK_ACCESSIBLE")
	if set.Changed("accessible") || value == "" {
		return f.accessible
	}
	on, err := strconv.ParseBool(value)
	return on || err != nil
}

func glyphs(ascii, accessible bool) theme.Glyphs {
	switch {
	case accessible:
		return theme.Plain
	case ascii:
		return theme.ASCII
	}
	return theme.Unicode
}

// newAnnouncer returns a function that appends lines to the terminal for a screen reader, nil
// if the dashboard is not for one.
func newAnnouncer(session *terminal.Session, t theme.Theme, accessible bool) func(text.Line) {
	if !accessible {
		return nil
	}
	return func(line text.Line) {
		plain := ansi.Strip(text.Paint(t, []text.Line{line}))
		session.Announce(strings.ReplaceAll(plain, " → ", " to "))
	}
}
