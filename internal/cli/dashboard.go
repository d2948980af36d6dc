package cli

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui"
)

// dashboard shows the dashboard until it is quit. What is wrong with the call is
// found first, then whether there is a terminal, then who asks: only these keep
// it from opening. Whatever the server says is shown inside.
func (p *program) dashboard(cmd *cobra.Command, f *flags) error {
	if err := f.check(cmd.Flags()); err != nil {
		return err
	}
	settings, err := p.settings(f)
	if err != nil {
		return err
	}
	f.merge(cmd.Flags(), settings)
	session, err := terminal.Open(terminal.Options{
		In: p.In, Out: p.Out, Getenv: p.Getenv,
		StateDir: p.StateDir,
		Version:  version(),
		Exit:     func(err error) { p.Exit(p.finish(err)) },
	})
	if err != nil {
		return err
	}
	defer func() { _ = session.Close() }()
	server, err := p.connect(cmd.Context(), f)
	if err != nil {
		return err
	}
	defer server.close()
	return session.Run(ui.New(ui.Options{
		Context:        cmd.Context(),
		API:            server.api,
		Clock:          clock{},
		Theme:          dressed(session, f),
		Send:           session.Send,
		Host:           server.api.Host(),
		Insecure:       server.api.Insecure(),
		OrganizationID: server.api.OrganizationID(),
		Interval:       f.interval,
		Query:          f.query,
		ReadOnly:       readOnly(cmd.Flags(), f, settings, server.source),
		Protect:        settings.Protect,
		Suspend:        session.CanSuspend(),
	}))
}

// dressed makes the theme, and asks the terminal for its background unless the
// user has said it.
func dressed(session *terminal.Session, f *flags) theme.Theme {
	dark := f.theme == "dark"
	if f.theme == "" {
		dark = session.Dark()
	}
	palette, glyphs := theme.Light(), theme.Unicode
	if dark {
		palette = theme.Dark()
	}
	if f.ascii {
		glyphs = theme.ASCII
	}
	return theme.New(session.Renderer(dark), palette, glyphs)
}

// readOnly reports whether nothing may be changed: the flag says so, or the
// file for everything or for this profile.
func readOnly(set *pflag.FlagSet, f *flags, c config.Config, source string) bool {
	if set.Changed("read-only") {
		return f.readOnly
	}
	return c.ReadOnly || c.Profile(source).ReadOnly
}

// clock is the real time.
type clock struct{}

// Now implements ui.Clock.
func (clock) Now() time.Time { return time.Now() }

// After implements ui.Clock.
func (clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
