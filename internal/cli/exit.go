package cli

import (
	"errors"
	"fmt"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// The exit codes. A program that a signal ended exits with 128+n.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2 // invalid usage or configuration, or no terminal
	exitPartial     = 3 // partly done, or a snapshot in another state than requested
	exitCredentials = 4 // missing or insufficient
	exitUnfinished  = 5 // an unfinished rebuild is left
	exitUnreachable = 6 // the API is unreachable, rate limited or timed out
)

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
	if err != nil && code < 128 {
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
	case isExplicit:
		return explicit.code
	case isSignal:
		return signalled.ExitCode()
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
