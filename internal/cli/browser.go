package cli

import (
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"time"
)

// browserTimeout is how long a failure of the opener is waited for. One that takes
// longer has started a browser, and may well run as long as that.
const browserTimeout = time.Second

var errNotWebURL = errors.New("not the address of a web page")

// newBrowser shows web pages in the user's browser; nil where there is none. A failure
// is waited for as long as patience says.
func newBrowser(goos string, getenv func(string) string, patience time.Duration) func(address string) error {
	command, arguments := browserCommand(goos, getenv)
	path, err := exec.LookPath(command)
	if err != nil {
		return nil
	}
	return func(address string) error {
		if err := checkWebURL(address); err != nil {
			return err
		}
		return launch(exec.Command(path, append(arguments, address)...), patience) //nolint:noctx // it outlives what started it
	}
}

// browserCommand is what opens a web page on a system, "" where nothing can: without
// a display xdg-open falls back to browsers that run in our terminal.
func browserCommand(goos string, getenv func(string) string) (command string, arguments []string) {
	switch goos {
	case "darwin":
		return "open", nil
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}
	}
	for _, display := range []string{"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"} {
		if getenv(display) != "" {
			return "xdg-open", nil
		}
	}
	return "", nil
}

// checkWebURL refuses what an opener would take for a file, a program or an
// option. The address comes from the server.
func checkWebURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errNotWebURL
	}
	return nil
}

// launch starts a command that shall live on. Its output goes nowhere, since our
// promptTerminal is where it would go. The error is one that comes at once.
func launch(command *exec.Cmd, patience time.Duration) error {
	command.SysProcAttr = detachedProcAttr()
	if err := command.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("%s: %w", command.Args[0], err)
		}
		return nil
	case <-time.After(patience):
		return nil
	}
}
