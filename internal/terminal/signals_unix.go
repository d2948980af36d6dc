//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// NotifyEnd relays to c the signals that end the program. One that was ignored
// when the program started (nohup ignores HUP) stays ignored.
func NotifyEnd(c chan<- os.Signal) {
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) {
			signal.Notify(c, sig)
		}
	}
}

// continued is the signal that a stopped process gets when it may go on.
const continued = syscall.SIGCONT
