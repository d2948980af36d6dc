package cli

import (
	"path/filepath"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
)

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
