package cli

import (
	"cmp"
	"context"
	"errors"
	"runtime"

	"github.com/charmbracelet/x/term"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/doctor"
)

// runChecks runs all checks. Its error is about --debug, or a signal that ended them.
func (p *program) runChecks(ctx context.Context, f *flags) ([]doctor.Check, error) {
	ctx, stop := withSignals(ctx)
	defer stop()
	if f.debug != "" {
		log, err := openDebugLog(f.debug)
		if err != nil {
			return nil, usagef("--debug: %w", err)
		}
		_ = log.Close() // connect opens it again
	}
	cfg, warnings, cfgErr := p.readConfig(f)
	if cfgErr == nil {
		_, themeWarnings, err := config.LoadTheme(cfg.Theme)
		warnings, cfgErr = append(warnings, themeWarnings...), err
		if err != nil {
			cfgErr = usageError{err}
		}
	}
	system := doctor.System{
		GOOS: runtime.GOOS, Getenv: p.Getenv, Terminal: term.IsTerminal(p.Out.Fd()),
		ASCII: cfg.ASCII, ClipboardTool: systemClipboard() != nil,
	}
	if system.Terminal {
		system.Width, system.Height, _ = term.GetSize(p.Out.Fd()) // 0 if unknown
	}
	checks := doctor.TerminalChecks(system)
	checks = append(checks, p.askServer(ctx, f).Checks(p.Now())...)
	checks = append(checks, doctor.Configuration(cmp.Or(f.config, p.configFile()), cfgErr, warnings))
	checks = append(checks, doctor.State(state{dir: p.StateDir}.rebuilds(), p.Now())...)
	return checks, context.Cause(ctx)
}

// askServer sends the requests of the checks. Without credentials it asks for the public
// configuration only.
func (p *program) askServer(ctx context.Context, f *flags) *doctor.Answers {
	answers := &doctor.Answers{URL: config.APIURL(f.overrides, p.Getenv)}
	if !f.demo {
		credentials, err := config.Credentials(f.overrides, p.Getenv, p.DaytonaCLIDir)
		answers.URL = cmp.Or(credentials.APIURL, answers.URL)
		answers.Source, answers.CredentialsErr = credentials.Source, err
		if err := client.CheckURL(answers.URL); err != nil {
			answers.URLErr = usageError{err}
			return answers
		}
	}
	var server *server
	var err error
	if answers.CredentialsErr == nil {
		server, answers.CredentialsErr = p.connect(ctx, f)
	}
	if answers.CredentialsErr != nil {
		server, err = p.connectAnonymously(answers.URL)
	}
	if err != nil {
		answers.URLErr = err
		return answers
	}
	defer server.close()
	answers.URL, answers.Insecure = server.api.URL(), server.api.Insecure()
	answers.Source, answers.Expires = cmp.Or(server.source, answers.Source), server.expires
	answers.Ask(ctx, server.api, func(ctx context.Context) error {
		_, err := firstPage(ctx, server.api)
		return err
	})
	return answers
}

// connectAnonymously returns a client without a credential, for requests that need none.
func (p *program) connectAnonymously(url string) (*server, error) {
	api, err := client.New(client.Options{
		Credentials: client.Credentials{APIURL: url, Secret: "none", Source: "no credentials"},
		UserAgent:   name + "/" + version(), Now: p.Now, Sleep: p.Sleep, Transport: p.Transport,
	})
	return &server{api: api}, err
}

// checksError returns an error with the exit code of the first failed check, or nil.
func (p *program) checksError(checks []doctor.Check) error {
	summary, first := doctor.FirstError(checks)
	switch {
	case first == nil:
		return nil
	case errors.Is(first, doctor.ErrUnfinished):
		return exitError{errors.New(summary), exitUnfinished}
	}
	return exitError{errors.New(summary), p.exitCode(first)}
}
