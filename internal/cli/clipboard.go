package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/atotto/clipboard"
	"github.com/aymanbagabas/go-osc52/v2"
)

const (
	// maxOSC52 is how many bytes all terminals accept. xterm, hterm and others limit a
	// sequence to 100,000 bytes, which is 74,994 before base64, as in hterm's osc52.sh.
	maxOSC52 = 74_994
	// clipboardTimeout bounds the system clipboard: its tools block forever if they
	// cannot reach the display server.
	clipboardTimeout = 2 * time.Second
)

var errTooLong = errors.New("too long for the terminal clipboard")

// newClipboard returns a function that copies text to the terminal clipboard, which
// also works over ssh, and to the system clipboard. The function returns which of them
// it used. It is nil if there is neither.
func newClipboard(terminal io.Writer, getenv func(string) string, system func(string) error) func(string) (how string, err error) {
	if !supportsOSC52(getenv) {
		terminal = nil
	}
	if terminal == nil && system == nil {
		return nil
	}
	return func(text string) (string, error) {
		var used, failed []string
		try := func(clipboard string, err error) {
			if err != nil {
				failed = append(failed, err.Error())
				return
			}
			used = append(used, clipboard)
		}
		if system != nil {
			try("system clipboard", runWithTimeout(clipboardTimeout, func() error { return system(text) }))
		}
		if terminal != nil {
			try("terminal (OSC 52)", sendOSC52(terminal, text, getenv))
		}
		if len(used) == 0 {
			return "", errors.New(strings.Join(failed, "; "))
		}
		how := strings.Join(used, " and ")
		if len(text) > maxOSC52 {
			how += ", " + errTooLong.Error()
		}
		return how, nil
	}
}

// systemClipboard returns a function that copies to the system clipboard, or nil.
func systemClipboard() func(string) error {
	if clipboard.Unsupported {
		return nil
	}
	return clipboard.WriteAll
}

// runWithTimeout runs do, which cannot be cancelled, and stops waiting after timeout.
func runWithTimeout(timeout time.Duration, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-time.After(timeout):
		return fmt.Errorf("system clipboard: timed out after %v", timeout)
	}
}

// supportsOSC52 reports whether the terminal accepts the sequence. The Linux console
// prints unknown sequences.
func supportsOSC52(getenv func(string) string) bool { return getenv("TERM") != "linux" }

// sendOSC52 sends text to the terminal clipboard. Terminals do not confirm it.
func sendOSC52(terminal io.Writer, text string, getenv func(string) string) error {
	if len(text) > maxOSC52 {
		return fmt.Errorf("%w: %d bytes, the limit is %d", errTooLong, len(text), maxOSC52)
	}
	_, err := io.WriteString(terminal, osc52Sequences(osc52.New(text), getenv))
	return err
}

// osc52Sequences returns the sequence, followed by a wrapped one for a multiplexer. tmux
// handles the plain one if set-clipboard is on, and passes the wrapped one on if
// allow-passthrough is on. screen drops the plain one. Over ssh only TERM identifies
// the multiplexer.
func osc52Sequences(plain osc52.Sequence, getenv func(string) string) string {
	termType := getenv("TERM")
	switch {
	case getenv("TMUX") != "" || strings.HasPrefix(termType, "tmux"):
		return plain.String() + plain.Tmux().String()
	case getenv("STY") != "" || strings.HasPrefix(termType, "screen"):
		return plain.String() + plain.Screen().String()
	default:
		return plain.String()
	}
}
