//go:build unix

package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// NotifyTermination relays the signals that end the program to c. A signal that was
// ignored when the program started stays ignored: nohup ignores HUP.
func NotifyTermination(c chan<- os.Signal) {
	for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) {
			signal.Notify(c, sig)
		}
	}
}

// sigContinue is the signal that resumes a stopped process.
const sigContinue = syscall.SIGCONT
