package cli

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

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
	ctx, cancel := context.WithCancelCause(cmd.Context())
	defer cancel(nil)
	if p.Getenv("GOGC") == "" {
		debug.SetGCPercent(dashboardGOGC)
		go releaseMemory(ctx, debug.FreeOSMemory)
	}
	profile := cfg.Profile(server.source)
	themes := buildThemes(session, chosen, profile, glyphs(f.ascii, accessible))
	readOnly := readOnly(cmd.Flags(), f, cfg, server.source)
	rebuilder := newRebuilder(server.api, state.rebuilds(), p.Environment, readOnly)
	rebuilder.base.ServerCheck = serverCheck(cfg)
	rebuilder.base.TrashOff = cfg.TrashOff
	rebuilder.evicted = func(lines []string) { session.Send(ui.Notices(lines)) }
	err = session.Run(ui.New(ui.Options{
		Context:         ctx,
		API:             server.api,
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
		TrashOff:        cfg.TrashOff,
		Editor:          newEditor(p.Getenv, session.Command),
		Copy:            newClipboard(session.Output(), p.Getenv, systemClipboard()),
		Open:            newBrowser(runtime.GOOS, p.Getenv, browserTimeout),
		Save:            newSaver(".", p.StateDir),
		Notify:          newNotifier(session.Output(), p.Getenv),
		Announce:        newAnnouncer(session, themes[0].Theme, accessible),
		Location:        time.Local,
		Record:          newRecorder(state.dir),
		OpenActions:     newOpenActions(state.dir),
		OriginalTimes:   newOriginalTimes(state.dir),
		Families:        configuredRules(cfg.Families),
		Profile:         headerProfile(profile),
		Notices:         append(notices(append(warnings, themeWarnings...)), p.reportNotices()...),
		Keys:            cfg.Keys,
		ReadOnly:        readOnly,
		Views:           cfg.Views,
		Protect:         cfg.Protect,
		Cleanup:         cfg.Cleanup,
		Quota:           cfg.QuotaOf(server.source),
		Suspend:         session.CanSuspend(),
	}))
	cancel(errExiting) // running rebuilds write their progress to the journal
	unfinished := rebuilder.unfinished(f.resumeCommand())
	if f.demo {
		unfinished = nil // the demo server ends as well
	}
	return p.reportUnfinished(err, unfinished)
}
