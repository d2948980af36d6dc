package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"daytona/snapdeck/internal/terminal"
)

// withSignals returns a context that ends with the first signal to end, whose
// cause is a terminal.Signalled. A second signal ends the process in the
// system's own way.
func withSignals(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancelCause(parent)
	signals := make(chan os.Signal, 1)
	terminal.NotifyTermination(signals)
	go func() {
		select {
		case sig := <-signals:
			n, _ := sig.(syscall.Signal)
			cancel(terminal.Signalled{Signal: n})
		case <-ctx.Done():
		}
		signal.Stop(signals)
	}()
	return ctx, func() { cancel(nil) }
}
