//go:build unix

package ptytest

import (
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// timeout bounds each wait. It is generous because the machine may be busy.
const timeout = time.Minute

// Screen returns the text on the screen without trailing spaces.
func (tty *Terminal) Screen() string {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	lines := strings.Split(tty.screen.String(), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Output returns all output of the program.
func (tty *Terminal) Output() string {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	return string(tty.output)
}

// Replies returns all replies of the terminal.
func (tty *Terminal) Replies() string {
	tty.replyMu.Lock()
	defer tty.replyMu.Unlock()
	return string(tty.replies)
}

// ModeSet reports whether a mode of the terminal is set.
func (tty *Terminal) ModeSet(mode ansi.Mode) bool {
	tty.mu.Lock()
	defer tty.mu.Unlock()
	return tty.modes[mode]
}

// CursorLine returns the text of the line with the cursor.
func (tty *Terminal) CursorLine() string {
	lines := strings.Split(tty.Screen(), "\n")
	tty.mu.Lock()
	defer tty.mu.Unlock()
	if y := tty.screen.CursorPosition().Y; y < len(lines) {
		return lines[y]
	}
	return ""
}

// WaitFor waits until the screen shows text.
func (tty *Terminal) WaitFor(text string) {
	tty.t.Helper()
	tty.WaitUntil("the screen shows "+text, func() bool { return strings.Contains(tty.Screen(), text) })
}

// WaitForNo waits until the screen does not show text.
func (tty *Terminal) WaitForNo(text string) {
	tty.t.Helper()
	tty.WaitUntil("the screen does not show "+text, func() bool { return !strings.Contains(tty.Screen(), text) })
}

// WaitUntil waits until ok returns true. It calls ok after new output, and regularly for
// conditions that do not depend on the output.
func (tty *Terminal) WaitUntil(what string, ok func() bool) {
	tty.t.Helper()
	deadline := time.Now().Add(timeout)
	for !ok() {
		if time.Now().After(deadline) {
			tty.t.Fatalf("timed out waiting until %s; stderr: %q; the screen:\n%s", what, tty.stderrSoFar(), tty.Screen())
		}
		select {
		case <-tty.drawn:
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// ExitCode waits until the program exits and its output is drawn, and returns its exit code, or
// -n if signal n killed it.
func (tty *Terminal) ExitCode() int {
	tty.t.Helper()
	select {
	case <-tty.exited:
	case <-time.After(timeout):
		tty.t.Fatalf("the program does not exit; the screen:\n%s", tty.Screen())
	}
	tty.drain()
	if status, ok := tty.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return -int(status.Signal())
	}
	return tty.cmd.ProcessState.ExitCode()
}

// endOfOutput is written behind the last output of the program. Terminals ignore it.
const endOfOutput = "\x1b]777;snapdeck-end\a"

// drain waits until all output of a program that has exited is drawn.
func (tty *Terminal) drain() {
	if tty.hungUp {
		return
	}
	tty.ending.Do(func() { go func() { _, _ = tty.slave.WriteString(endOfOutput) }() })
	select {
	case <-tty.drained:
	case <-time.After(5 * time.Second): // the terminal does not read, see StopReading
	}
}

// Stderr waits until the program exits and returns its stderr.
func (tty *Terminal) Stderr() string {
	<-tty.exited
	return tty.stderr.String()
}

// stderrSoFar returns Stderr without waiting.
func (tty *Terminal) stderrSoFar() string {
	select {
	case <-tty.exited:
		return tty.stderr.String()
	default:
		return "(still running)"
	}
}
