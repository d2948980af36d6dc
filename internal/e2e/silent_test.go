//go:build unix

package e2e

import (
	"os"
	"strings"
	"testing"

	"daytona/snapdeck/internal/ptytest"
)

func TestSilentTerminal(t *testing.T) {
	t.Parallel()
	checkSilentTerminal(t, os.Getenv(binaryEnv))
}

// checkSilentTerminal checks that only our own query is sent, which waits for 200 ms.
// Bubble Tea would send another one before main, and wait for 5 s.
func checkSilentTerminal(t *testing.T, binary string) {
	t.Helper()
	const query = "\x1b]11;?"
	for _, tc := range []struct {
		args    string
		sees    string
		queries int
	}{
		{"version", "go1.", 0},
		{"list --demo -o name", "windows-base", 0},
		{"--demo", "120 snapshots", 1},
		{"--demo --theme light", "120 snapshots", 0},
	} {
		t.Run(tc.args, func(t *testing.T) {
			t.Parallel()
			cmd := program(t, strings.Fields(tc.args)...)
			cmd.Path = binary
			tty := ptytest.Start(t, cmd, ptytest.Options{Silent: true})
			tty.WaitFor(tc.sees)
			tty.Flushed()
			if got := strings.Count(tty.Output(), query); got != tc.queries {
				t.Errorf("the terminal was queried %d times, want %d", got, tc.queries)
			}
		})
	}
}
