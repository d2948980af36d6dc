// Package cli is the command line: it reads flags, the configuration and the
// getenvFrom, puts the parts of the program together and turns whatever
// happened into one line on stderr and an exit code.
//
// It is the only place that knows about files, the environment, the clock and
// the process; everything below is told. Run is the whole program, with all of
// these as parameters, so that tests run it in their own process.
package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/terminal"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/text"
)

// The exit codes. A program that a signal ended exits with 128+n.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2 // wrong usage or configuration, or no terminal
	exitPartial     = 3 // some of it is done, or it ended in another way than asked for
	exitCredentials = 4 // missing, or not enough
	exitUnfinished  = 5 // an unfinished rebuild is left
	exitUnreachable = 6 // the API cannot be reached, limits or times out
)

// Environment are the process as the program sees it.
type Environment struct {
	In, Out, Err *os.File
	Getenv       func(string) string

	ConfigDir     string // holds snapdeck/config.yaml
	StateDir      string // holds what the program keeps for itself
	DaytonaCLIDir string // holds config.json of the vendor's CLI

	// Exit ends the process. It is called only where the program hangs.
	Exit func(code int)

	// Now and Sleep are the clock of requests and of the commands that print and
	// end. Sleep waits, or returns the error of ctx once that is done.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// Transport is the way to the API; nil is the client's own.
	Transport http.RoundTripper
}

// ProcessEnvironment returns the streams of this process.
func ProcessEnvironment() Environment {
	return Environment{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv:        os.Getenv,
		ConfigDir:     xdg.ConfigHome,
		StateDir:      filepath.Join(xdg.StateHome, name),
		DaytonaCLIDir: config.DaytonaCLIDir(os.Getenv, os.UserConfigDir),
		Exit:          os.Exit,
		Now:           time.Now,
		Sleep:         sleep,
	}
}

const name = "snapdeck"

// Run runs the program with its arguments (without its name) and returns its
// exit code.
func Run(args []string, streams Environment) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel() // what is still on its way to the server ends with the program
	p := &program{Environment: streams}
	root := p.rootCommand()
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	patchCobra(root) // they keep the output that they are made with
	return p.finish(root.ExecuteContext(ctx))
}

// program is one run.
type program struct {
	Environment
	started bool // a command has begun, so an error is not about usage any more
}

// runE makes a command out of what it does.
func (p *program) runE(do func(cmd *cobra.Command) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		p.started = true
		return do(cmd)
	}
}

// usageError is wrong usage that only the command itself can find.
type usageError struct{ error }

// Unwrap returns what is wrong.
func (e usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitError is an error that has an exit code of its own.
type exitError struct {
	error
	code int
}

// Unwrap returns what went wrong.
func (e exitError) Unwrap() error { return e.error }

// finish tells the user how it ended, and returns the exit code. A signal needs
// no words: who sent it knows.
func (p *program) finish(err error) int {
	code := p.exitCode(err)
	if err != nil && code < 128 {
		p.printError(err)
	}
	return code
}

// printError writes one line to stderr. Errors may quote what came from others,
// and stderr is a terminal.
func (p *program) printError(err error) {
	_, _ = fmt.Fprintf(p.Err, "%s: %s\n", name, text.Cell(err.Error()))
}

func (p *program) exitCode(err error) int {
	signalled, bySignal := errors.AsType[terminal.Signalled](err)
	api, byAPI := errors.AsType[*model.Error](err)
	_, byConfig := errors.AsType[config.Problem](err)
	_, byUsage := errors.AsType[usageError](err)
	own, byItself := errors.AsType[exitError](err)
	switch {
	case err == nil:
		return exitOK
	case byItself:
		return own.code
	case bySignal:
		return signalled.ExitCode()
	case byUsage, byConfig, !p.started,
		errors.Is(err, terminal.ErrNoTerminal), errors.Is(err, terminal.ErrDumbTerminal), errors.Is(err, config.ErrWrongHost):
		return exitUsage
	case errors.Is(err, config.ErrNoCredentials):
		return exitCredentials
	case byAPI:
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

// sleep waits for d. It returns nil, or the cause of ctx's end if that comes first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
