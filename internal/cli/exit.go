package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// The exit codes of all commands, see [exitCodes]. A program that a signal ended exits with
// 128+n.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitPartial     = 3
	exitCredentials = 4
	exitUnfinished  = 5
	exitUnreachable = 6
)

// exitCodes returns the meaning of each exit code, as in the help and in docs/scripting.md.
func exitCodes() [][2]string {
	return [][2]string{
		{"0", "ok; `diff`: equal; `wait`: in the state; `watch`: after the time of `--for`; a plan was printed"},
		{"1", "error, declined, or refused; `diff`: different; a snapshot was not found"},
		{"2", "wrong usage, query or configuration; no terminal for the dashboard, or for a question without `--yes`; `diff`: one of the two is missing"},
		{"3", "partly done, or an outcome is unknown; `list`: an item was invalid, or the rows do not match the server's total; `wait`: in another final state, or deleted"},
		{"4", "missing or insufficient credentials"},
		{"5", "an unfinished rebuild, restore or create remains"},
		{"6", "the API is unreachable, rate limited or did not answer in time; `wait`: timed out"},
		{"128+n", "ended by signal n, whatever else happened"},
	}
}

// exitCodesTopic returns the help topic about exit codes.
func exitCodesTopic() *cobra.Command {
	var b strings.Builder
	_, _ = b.WriteString("The exit codes of all commands:\n\n")
	for _, row := range exitCodes() {
		_, _ = fmt.Fprintf(&b, "  %-5s  %s\n", row[0], strings.ReplaceAll(row[1], "`", ""))
	}
	return &cobra.Command{Use: "exit-codes", Short: "The exit codes of all commands", Long: b.String()}
}

// errReported ends a command with an exit code but no message, because the result was printed.
var errReported = errors.New("reported")

// usageError is invalid usage that cobra does not detect.
type usageError struct{ error }

// Unwrap returns the wrapped error.
func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitError is an error with an explicit exit code.
type exitError struct {
	error
	code int
}

// Unwrap returns the wrapped error.
func (e exitError) Unwrap() error { return e.error }

// finish prints err and returns the exit code. It does not print that a signal ended
// the program.
func (p *program) finish(err error) int {
	code := p.exitCode(err)
	if err != nil && code < 128 && !errors.Is(err, errReported) {
		p.printError(err)
	}
	return code
}

// printError prints err as one line on stderr. The text of err may come from the
// network, so it is escaped.
func (p *program) printError(err error) {
	_, _ = fmt.Fprintf(p.Err, "%s: %s\n", name, text.Cell(err.Error()))
}

func (p *program) exitCode(err error) int {
	signalled, isSignal := errors.AsType[terminal.Signalled](err)
	api, isAPI := errors.AsType[*model.Error](err)
	_, isConfig := errors.AsType[config.Problem](err)
	_, isUsage := errors.AsType[usageError](err)
	explicit, isExplicit := errors.AsType[exitError](err)
	switch {
	case err == nil:
		return exitOK
	case isSignal:
		return signalled.ExitCode()
	case isExplicit:
		return explicit.code
	case isUsage, isConfig, !p.started,
		errors.Is(err, terminal.ErrNoTerminal), errors.Is(err, terminal.ErrDumbTerminal), errors.Is(err, config.ErrWrongHost):
		return exitUsage
	case errors.Is(err, config.ErrNoCredentials):
		return exitCredentials
	case isAPI:
		return apiExitCode(api.Code)
	}
	return exitFailed
}

func apiExitCode(code model.ErrorCode) int {
	switch code {
	case model.Unauthorized, model.Forbidden:
		return exitCredentials
	case model.Network, model.RateLimited, model.ServerError, model.Canceled:
		return exitUnreachable
	}
	return exitFailed
}
