//go:build unix

package ptytest

import (
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// patience is how long something that should happen may take on a busy machine.
const patience = 20 * time.Second

// Screen returns what the terminal shows, without spaces at the ends of lines.
func (tty *Terminal) Screen() string {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	lines := strings.Split(tty.screen.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Written returns every byte that the program wrote.
func (tty *Terminal) Written() string {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	return string(tty.written)
}

// Answered returns every byte that the terminal sent by itself.
func (tty *Terminal) Answered() string {
	tty.answering.Lock()
	defer tty.answering.Unlock()
	return string(tty.answered)
}

// On reports whether a mode of the terminal is switched on.
func (tty *Terminal) On(mode ansi.Mode) bool {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	return tty.modes[mode]
}

// Sees waits until the screen shows text.
func (tty *Terminal) Sees(text string) {
	tty.t.Helper()
	tty.Until("the screen shows "+text, func() bool { return strings.Contains(tty.Screen(), text) })
}

// SeesNot waits until the screen does not show text.
func (tty *Terminal) SeesNot(text string) {
	tty.t.Helper()
	tty.Until("the screen does not show "+text, func() bool { return !strings.Contains(tty.Screen(), text) })
}

// Until waits until ok, which is called again and again.
func (tty *Terminal) Until(what string, ok func() bool) {
	tty.t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			tty.t.Fatalf("waited in vain until %s; stderr: %q; the screen:\n%s", what, tty.caught(), tty.Screen())
		}
	}
}

// Wait waits for the end of the program and returns its exit code, or -n where
// signal n killed it.
func (tty *Terminal) Wait() int {
	tty.t.Helper()
	select {
	case <-tty.exited:
	case <-time.After(patience):
		tty.t.Fatalf("the program does not end; the screen:\n%s", tty.Screen())
	}
	if status, ok := tty.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return -int(status.Signal())
	}
	return tty.cmd.ProcessState.ExitCode()
}

// Stderr returns what the program wrote to its stderr. It waits for its end.
func (tty *Terminal) Stderr() string {
	<-tty.exited
	return tty.stderr.String()
}

// caught is Stderr as far as it can be read without waiting.
func (tty *Terminal) caught() string {
	select {
	case <-tty.exited:
		return tty.stderr.String()
	default:
		return "(still running)"
	}
}
