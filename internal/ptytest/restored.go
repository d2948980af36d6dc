//go:build unix

package ptytest

import (
	"errors"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Flushed waits until the screen shows all previous output.
func (tty *Terminal) Flushed() {
	tty.t.Helper()
	const mark = "\x1b]5522;flushed\a" // an unknown OSC, which terminals ignore
	seen := strings.Count(tty.Output(), mark)
	_, err := tty.slave.WriteString(mark)
	check(tty.t, err)
	tty.WaitUntil("the output is flushed", func() bool { return strings.Count(tty.Output(), mark) > seen })
}

// Replied waits until the terminal has replied to all queries for its attributes. A reply
// that arrives after the program has exited would appear on the screen.
func (tty *Terminal) Replied() {
	tty.t.Helper()
	tty.WaitUntil("the terminal has replied", func() bool {
		return strings.Count(tty.Replies(), "\x1b[?") >= strings.Count(tty.Output(), ansi.RequestPrimaryDeviceAttributes)
	})
}

// CheckRestored returns an error unless the terminal has the state it had before the
// program started.
func (tty *Terminal) CheckRestored() error {
	tty.t.Helper()
	tty.Flushed()
	var errs []error
	if state, err := termState(tty.slave); err != nil || *state != *tty.before {
		errs = append(errs, errors.New("the line settings (termios) differ"))
	}
	for name, mode := range map[string]ansi.Mode{
		"the alternate screen": ansi.ModeAltScreenSaveCursor,
		"mouse 1000":           ansi.ModeMouseNormal,
		"mouse 1002":           ansi.ModeMouseButtonEvent,
		"mouse 1003":           ansi.ModeMouseAnyEvent,
		"mouse 1006":           ansi.ModeMouseExtSgr,
		"bracketed paste":      ansi.ModeBracketedPaste,
		"focus reports":        ansi.ModeFocusEvent,
	} {
		if tty.ModeSet(mode) {
			errs = append(errs, errors.New(name+" is still set"))
		}
	}
	if !tty.ModeSet(ansi.ModeTextCursorEnable) {
		errs = append(errs, errors.New("the cursor is still hidden"))
	}
	return errors.Join(errs...)
}

func termState(f *os.File) (*term.State, error) { return term.GetState(f.Fd()) }
