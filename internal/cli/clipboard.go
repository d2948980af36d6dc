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
	// maxOSC52 is how many bytes terminals take for sure. xterm, hterm and
	// others stop a sequence at 100,000 bytes, which are 74,994 before base64:
	// the number of hterm's own osc52.sh.
	maxOSC52 = 74_994
	// clipboardTimeout is how long the system's clipboard may take: a tool that
	// cannot reach its display server waits for it for ever.
	clipboardTimeout = 2 * time.Second
)

var errTooLong = errors.New("too long for a terminal's clipboard")

// newClipboard puts texts on the clipboards that can be reached: that of the terminal,
// which is the one in front of the user also behind ssh, and that of the system
// which the program runs on. It tells which were used. It is nil where there is
// neither.
func newClipboard(terminal io.Writer, getenv func(string) string, system func(string) error) func(string) (how string, err error) {
	if !supportsOSC52(getenv) {
		terminal = nil
	}
	if terminal == nil && system == nil {
		return nil
	}
	return func(text string) (string, error) {
		var used, failed []string
		note := func(what string, err error) {
			if err != nil {
				failed = append(failed, err.Error())
				return
			}
			used = append(used, what)
		}
		if system != nil {
			note("system clipboard", runWithTimeout(clipboardTimeout, func() error { return system(text) }))
		}
		if terminal != nil {
			note("terminal (OSC 52)", sendOSC52(terminal, text, getenv))
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

// systemClipboard is the clipboard of the system, nil where there is none.
func systemClipboard() func(string) error {
	if clipboard.Unsupported {
		return nil
	}
	return clipboard.WriteAll
}

// runWithTimeout runs do, which cannot be cancelled, and does not wait for it longer than
// the limit.
func runWithTimeout(limit time.Duration, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-time.After(limit):
		return fmt.Errorf("the system's clipboard does not answer within %v", limit)
	}
}

// supportsOSC52 reports whether the terminal can be sent the sequence: the Linux
// console has no clipboard and prints what it does not know.
func supportsOSC52(getenv func(string) string) bool { return getenv("TERM") != "linux" }

// sendOSC52 hands the text to the terminal in one write. Whether the terminal
// takes it cannot be known.
func sendOSC52(terminal io.Writer, text string, getenv func(string) string) error {
	if len(text) > maxOSC52 {
		return fmt.Errorf("%w: %d bytes, it takes %d", errTooLong, len(text), maxOSC52)
	}
	_, err := io.WriteString(terminal, osc52Sequences(osc52.New(text), getenv))
	return err
}

// osc52Sequences is the sequence as it passes a multiplexer. tmux keeps the plain
// one for itself and its terminal if set-clipboard is on, and hands the wrapped
// one through if allow-passthrough is on; which is on cannot be known, and both do
// the same. screen drops the plain one. Behind ssh only TERM is left to tell.
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
