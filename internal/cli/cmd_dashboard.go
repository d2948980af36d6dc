package cli

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/ui"
)

// dashboard runs the dashboard until the user quits. Only invalid usage, a missing
// terminal and missing credentials prevent it from opening, and are checked in this
// order. The dashboard shows the errors of the server.
func (p *program) dashboard(cmd *cobra.Command, f *flags) error {
	if err := f.validate(cmd.Flags()); err != nil {
		return err
	}
	cfg, warnings, err := p.readConfig(f)
	if err != nil {
		return err
	}
	f.applyConfig(cmd.Flags(), cfg)
	chosen, themeWarnings, err := config.LoadTheme(f.theme)
	if err != nil {
		return usageError{err}
	}
	accessible := p.accessible(cmd.Flags(), f)
	session, err := terminal.Open(terminal.Options{
		In: p.In, Out: p.Out, Getenv: p.Getenv,
		StateDir:   p.StateDir,
		Version:    version(),
		Exit:       p.forceExit,
		Accessible: accessible,
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
	var api ui.API = server.api
	if p.Getenv("GOGC") == "" {
		api = &tunedAPI{Client: server.api}
	}
	ctx, cancel := context.WithCancelCause(cmd.Context())
	defer cancel(nil)
	profile := cfg.Profile(server.source)
	themes := buildThemes(session, chosen, profile, glyphs(f.ascii, accessible))
	readOnly := readOnly(cmd.Flags(), f, cfg, server.source)
	rebuilder := newRebuilder(server.api, state.rebuilds(), p.Environment, readOnly)
	rebuilder.base.ServerCheck = serverCheck(cfg)
	rebuilder.base.NoTrash = cfg.TrashOff
	rebuilder.evicted = func(lines []string) { session.Send(ui.Notices(lines)) }
	err = session.Run(ui.New(ui.Options{
		Context:         ctx,
		API:             api,
		OrganizationAPI: server.api,
		LogAPI:          server.api,
		Clock:           clock{p.Now},
		Theme:           themes[0].Theme,
		Themes:          themes,
		Send:            session.Send,
		APIURL:          server.api.URL(),
		Host:            server.host(),
		Insecure:        server.api.Insecure(),
		OrganizationID:  server.api.OrganizationID(),
		Interval:        f.interval,
		Deactivation:    cfg.DeactivationFor(server.source),
		Query:           f.query,
		Rebuilder:       rebuilder,
		Trash:           rebuilder,
		Editor:          newEditor(p.Getenv, session.Command),
		Copy:            newClipboard(session.Output(), p.Getenv, systemClipboard()),
		Open:            newBrowser(runtime.GOOS, p.Getenv, browserTimeout),
		Save:            newSaver(".", p.StateDir),
		Notify:          newNotifier(session.Output(), p.Getenv),
		Announce:        newAnnouncer(session, themes[0].Theme, accessible),
		Location:        time.Local,
		Record:          newRecorder(state.dir),
		OpenActions:     newOpenActions(state.dir),
		Originals:       newOriginals(state.dir),
		Families:        familyRules(cfg.Families),
		Profile:         headerProfile(profile),
		Notices:         append(notices(append(warnings, themeWarnings...)), p.reportNotices()...),
		Keys:            cfg.Keys,
		ReadOnly:        readOnly,
		Views:           cfg.Views,
		Protect:         cfg.Protect,
		Suspend:         session.CanSuspend(),
	}))
	cancel(errExiting) // running rebuilds write their progress to the journal
	unfinished := rebuilder.unfinished(f.resumeCommand())
	if f.demo {
		unfinished = nil // the demo server ends as well
	}
	return p.reportUnfinished(err, unfinished)
}

// forceExit ends the process if the dashboard does not quit. It does not wait for
// stderr, which may be a terminal that does not read.
func (p *program) forceExit(err error) {
	printed := make(chan struct{})
	go func() {
		p.finish(err)
		close(printed)
	}()
	select {
	case <-printed:
	case <-time.After(terminal.FinalWriteTimeout):
	}
	p.Exit(p.exitCode(err))
}

// notices returns the warnings with the base name of the file only, because the header
// is short.
func notices(warnings []config.Problem) []string {
	lines := make([]string, len(warnings))
	for i, warning := range warnings {
		warning.File = filepath.Base(warning.File)
		lines[i] = warning.Error()
	}
	return lines
}

// reportNotices returns a line for each error report of an earlier run: the trace of a
// fatal error, or what a library wrote to stderr. It fits 80 columns.
func (p *program) reportNotices() []string {
	var lines []string
	for _, path := range terminal.StderrReports(p.StateDir) {
		home := p.Getenv("HOME") + string(filepath.Separator)
		if inHome, ok := strings.CutPrefix(path, home); ok {
			path = filepath.Join("~", inHome)
		}
		lines = append(lines, "an earlier run left errors: "+path)
	}
	return lines
}

// headerProfile returns the name of the profile if the header shows it, or "".
func headerProfile(profile config.Profile) string {
	if profile.HeaderColour == "" {
		return ""
	}
	return profile.Name
}

// readOnly reports whether the dashboard is read-only: the flag overrides the file,
// which sets it for all or for the profile of the credentials.
func readOnly(set *pflag.FlagSet, f *flags, c config.Config, source string) bool {
	if set.Changed("read-only") {
		return f.readOnly
	}
	return c.ReadOnly || c.Profile(source).ReadOnly
}

// clock implements ui.Clock in real time.
type clock struct{ now func() time.Time }

// Now implements ui.Clock.
func (c clock) Now() time.Time { return c.now() }

// After implements ui.Clock.
func (clock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return msg })
}
