package cli

import (
	"context"
	"path/filepath"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/ui"
)

// dashboard shows the dashboard until it is quit. What is wrong with the call is
// found first, then whether there is a terminal, then who asks: only these keep
// it from opening. Whatever the server says is shown inside.
func (p *program) dashboard(cmd *cobra.Command, f *flags) error {
	if err := f.validate(cmd.Flags()); err != nil {
		return err
	}
	settings, warnings, err := p.readConfig(f)
	if err != nil {
		return err
	}
	f.applyConfig(cmd.Flags(), settings)
	chosen, more, err := config.LoadTheme(f.theme)
	if err != nil {
		return usageError{err}
	}
	session, err := terminal.Open(terminal.Options{
		In: p.In, Out: p.Out, Getenv: p.Getenv,
		StateDir: p.StateDir,
		Version:  version(),
		Exit:     p.forceExit,
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
	ctx, cancel := context.WithCancelCause(cmd.Context())
	defer cancel(nil)
	profile := settings.Profile(server.source)
	themes := buildThemes(session, chosen, profile, f.ascii)
	readOnly := readOnly(cmd.Flags(), f, settings, server.source)
	rebuilder := newRebuilder(server.api, state.rebuilds(), p.Environment, readOnly)
	err = session.Run(ui.New(ui.Options{
		Context:        ctx,
		API:            server.api,
		Clock:          clock{p.Now},
		Theme:          themes[0].Theme,
		Themes:         themes,
		Send:           session.Send,
		APIURL:         server.api.URL(),
		Host:           server.host(),
		Insecure:       server.api.Insecure(),
		OrganizationID: server.api.OrganizationID(),
		Interval:       f.interval,
		Query:          f.query,
		Rebuilder:      rebuilder,
		Editor:         newEditor(p.Getenv, session.Command),
		Copy:           newClipboard(session.Output(), p.Getenv, systemClipboard()),
		Open:           newBrowser(runtime.GOOS, p.Getenv, browserTimeout),
		Save:           newSaver(".", p.StateDir),
		Notify:         newNotifier(session.Output(), p.Getenv),
		Location:       time.Local,
		Record:         newRecorder(state.dir),
		Profile:        headerProfile(profile),
		Notices:        notices(append(warnings, more...)),
		Keys:           settings.Keys,
		ReadOnly:       readOnly,
		Views:          settings.Views,
		Protect:        settings.Protect,
		Suspend:        session.CanSuspend(),
	}))
	cancel(errExiting) // rebuilds that still run write down how far they came
	left := rebuilder.unfinished(f.recoverCommand())
	if f.demo {
		left = nil // it goes with its server
	}
	return p.reportUnfinished(err, left)
}

// forceExit ends the process where the dashboard hangs. Stderr may be the terminal
// that it hangs at, so it is not waited for.
func (p *program) forceExit(err error) {
	told := make(chan struct{})
	go func() {
		p.finish(err)
		close(told)
	}()
	select {
	case <-told:
	case <-time.After(terminal.FinalWriteTimeout):
	}
	p.Exit(p.exitCode(err))
}

// notices are the warnings of the configuration. There is little room, and the name of
// the file says enough.
func notices(warnings []config.Problem) []string {
	lines := make([]string, len(warnings))
	for i, warning := range warnings {
		warning.File = filepath.Base(warning.File)
		lines[i] = warning.Error()
	}
	return lines
}

// headerProfile is the name of a profile that the header has to show, or "".
func headerProfile(profile config.Profile) string {
	if profile.HeaderColour == "" {
		return ""
	}
	return profile.Name
}

// readOnly reports whether nothing may be changed: the flag says so, or the
// file for everything or for this profile.
func readOnly(set *pflag.FlagSet, f *flags, c config.Config, source string) bool {
	if set.Changed("read-only") {
		return f.readOnly
	}
	return c.ReadOnly || c.Profile(source).ReadOnly
}

// clock goes on in real time.
type clock struct{ now func() time.Time }

// Now implements ui.Clock.
func (c clock) Now() time.Time { return c.now() }

// After implements ui.Clock.
func (clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
