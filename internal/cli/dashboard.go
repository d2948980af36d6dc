package cli

import (
	"context"
	"runtime"
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
		Exit:     p.abandon,
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
	state, err := p.openState(f.demo)
	if err != nil {
		return err
	}
	defer state.close()
	ctx, cancel := context.WithCancel(cmd.Context())
	defer cancel()
	readOnly := readOnly(cmd.Flags(), f, settings, server.source)
	rebuilder := newRebuilder(server.api, state.rebuilds(), readOnly)
	err = session.Run(ui.New(ui.Options{
		Context:        ctx,
		API:            server.api,
		Clock:          clock{},
		Theme:          dressed(session, f),
		Send:           session.Send,
		APIURL:         server.api.URL(),
		Host:           server.api.Host(),
		Insecure:       server.api.Insecure(),
		OrganizationID: server.api.OrganizationID(),
		Interval:       f.interval,
		Query:          f.query,
		Rebuilder:      rebuilder,
		Editor:         newEditor(p.Getenv, session.Command),
		Copy:           copier(session.Output(), p.Getenv, systemClipboard()),
		Open:           opener(runtime.GOOS, p.Getenv),
		Save:           saver(".", p.StateDir),
		Notify:         notifier(session.Output(), p.Getenv),
		Location:       time.Local,
		Record:         recorder(state.dir),
		ReadOnly:       readOnly,
		Protect:        settings.Protect,
		Suspend:        session.CanSuspend(),
	}))
	cancel() // rebuilds that still run write down how far they came
	if f.demo {
		return err // what it leaves half-way goes with its server
	}
	return p.farewell(err, rebuilder.left(f.finishAgain()))
}

// abandon ends the process where the dashboard hangs. Stderr may be the terminal
// that it hangs at, so it is not waited for.
func (p *program) abandon(err error) {
	told := make(chan struct{})
	go func() {
		p.finish(err)
		close(told)
	}()
	select {
	case <-told:
	case <-time.After(lastWords):
	}
	p.Exit(p.exitCode(err))
}

// lastWords is how long stderr may take for the line of a program that hangs.
const lastWords = 200 * time.Millisecond

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
