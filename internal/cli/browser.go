package cli

import (
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"time"
)

// browserTimeout is how long to wait for the exit code of the browser command. One that
// runs longer has opened the browser, and may run as long as that.
const browserTimeout = time.Second

var errNotWebURL = errors.New("not an http or https URL")

// newBrowser returns a function that opens URLs in the user's browser, or nil if there
// is none. It waits up to timeout for the command to fail.
func newBrowser(goos string, getenv func(string) string, timeout time.Duration) func(address string) error {
	command, arguments := browserCommand(goos, getenv)
	path, err := exec.LookPath(command)
	if err != nil {
		return nil
	}
	return func(address string) error {
		if err := checkWebURL(address); err != nil {
			return err
		}
		return launch(exec.Command(path, append(arguments, address)...), timeout) //nolint:noctx // it outlives the program
	}
}

// browserCommand returns the command that opens a URL, or "". Without a display there is
// none, because xdg-open would run a text browser in the terminal.
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

// checkWebURL rejects addresses that the command would interpret as a file, a program
// or an option. The address comes from the server.
func checkWebURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errNotWebURL
	}
	return nil
}

// launch starts a command that may outlive the program, without output. It returns the
// error of a command that exits within timeout.
func launch(command *exec.Cmd, timeout time.Duration) error {
	command.SysProcAttr = detachedProcAttr()
	if err := command.Start(); err != nil {
		return err
	}
	exited := make(chan error, 1)
	go func() { exited <- command.Wait() }()
	select {
	case err := <-exited:
		if err != nil {
			return fmt.Errorf("%s: %w", command.Args[0], err)
		}
		return nil
	case <-time.After(timeout):
		return nil
	}
}
