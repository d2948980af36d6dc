//go:build windows

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// NotifyEnd relays to c the signals that end the program: ctrl+c of a console that
// is not in raw mode, and what Go makes of a closed console window.
func NotifyEnd(c chan<- os.Signal) {
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
}

// continued is a signal that never comes: Windows does not stop processes.
const continued = syscall.Signal(-1)

// canSuspend reports false: there is no job control.
func canSuspend() bool { return false }

// suspend does nothing, see canSuspend.
func (s *Session) suspend() {}

// foreground reports true: a console has no background.
func (s *Session) foreground() bool { return true }
