//go:build windows

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// NotifyTermination relays the signals that end the program to c: ctrl+c in a console
// that is not in raw mode, and the closing of the console window.
func NotifyTermination(c chan<- os.Signal) {
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
}

// sigContinue is never sent: Windows does not stop processes.
const sigContinue = syscall.Signal(-1)

// canSuspend returns false: Windows has no job control.
func canSuspend() bool { return false }

// suspend does nothing, see canSuspend.
func (s *Session) suspend() {}

// inForeground returns true: Windows consoles have no background processes.
func (s *Session) inForeground() bool { return true }
