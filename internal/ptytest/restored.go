//go:build unix

package ptytest

import (
	"errors"
	"os"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// Flushed waits until everything that was written so far is on the screen.
func (tty *Terminal) Flushed() {
	tty.t.Helper()
	const mark = "\x1b]5522;flushed\a" // an OSC that nothing acts on
	seen := strings.Count(tty.Written(), mark)
	_, err := tty.slave.WriteString(mark)
	check(tty.t, err)
	tty.Until("the output is flushed", func() bool { return strings.Count(tty.Written(), mark) > seen })
}

// Restored returns what the program left behind: nil if the terminal is as it
// was before the program started.
func (tty *Terminal) Restored() error {
	tty.t.Helper()
	tty.Flushed()
	var errs []error
	if state, err := stateOf(tty.slave); err != nil || *state != *tty.before {
		errs = append(errs, errors.New("the state of the line (termios) is another one"))
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
		if tty.On(mode) {
			errs = append(errs, errors.New(name+" is still on"))
		}
	}
	if !tty.On(ansi.ModeTextCursorEnable) {
		errs = append(errs, errors.New("the cursor is still hidden"))
	}
	return errors.Join(errs...)
}

func stateOf(f *os.File) (*term.State, error) { return term.GetState(f.Fd()) }
