package cli

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"daytona/snapdeck/client"
	"daytona/snapdeck/internal/config"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/terminal"
)

// Environment is what the program uses of the process and the system. Tests replace it.
type Environment struct {
	In, Out, Err *os.File
	Getenv       func(string) string

	ConfigDir     string // contains snapdeck/config.yaml
	StateDir      string // journal, action log and crash reports
	DaytonaCLIDir string // contains config.json of the Daytona CLI

	// Exit ends the process. It is called only if the dashboard does not quit.
	Exit func(code int)

	// LogTo directs the log of the libraries, which would write to the terminal.
	LogTo func(io.Writer)

	// Now and Sleep are the clock of requests and of the commands. Sleep returns the
	// cause of ctx if that ends first.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error

	// Disk holds the journal of rebuilds.
	Disk durable.Disk

	// Transport sends the API requests; nil means the client's default.
	Transport http.RoundTripper
}

// ProcessEnvironment returns the Environment of this process. It hides the variables of
// Daytona, see hideDaytona.
func ProcessEnvironment() Environment {
	getenv := hideDaytona()
	return Environment{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Getenv:        getenv,
		ConfigDir:     xdg.ConfigHome,
		StateDir:      filepath.Join(xdg.StateHome, name),
		DaytonaCLIDir: config.DaytonaCLIDir(getenv, os.UserConfigDir),
		Exit:          os.Exit,
		LogTo:         log.SetOutput,
		Now:           time.Now,
		Sleep:         client.Sleep,
		Disk:          durable.OS{},
	}
}

// hideDaytona removes the variables of Daytona from the environment of the process, and
// returns a function that still reads them. Programs that it starts do not inherit the
// key: browsers and clipboard tools keep running, and editors open text of others.
func hideDaytona() (getenv func(string) string) {
	hidden := map[string]string{}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if key := variableKey(name); strings.HasPrefix(key, "DAYTONA_") && os.Unsetenv(name) == nil {
			hidden[key] = value
		}
	}
	return func(name string) string {
		if value, ok := hidden[variableKey(name)]; ok {
			return value
		}
		return os.Getenv(name)
	}
}

// variableKey returns the name of a variable, in upper case on Windows, which ignores case.
func variableKey(name string) string {
	if runtime.GOOS == "windows" {
		return strings.ToUpper(name)
	}
	return name
}

// withSignals returns a context that the first termination signal cancels, with a
// terminal.Signalled as its cause. A second signal ends the process.
func withSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	terminal.NotifyTermination(signals)
	go func() {
		select {
		case sig := <-signals:
			n, _ := sig.(syscall.Signal)
			cancel(terminal.Signalled{Signal: n})
		case <-ctx.Done():
		}
		signal.Stop(signals)
	}()
	return ctx, func() { cancel(nil) }
}
