//go:build unix

package terminal_test

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/ptytest"
)

// What is typed before the program can read, is still read by it; whether the
// terminal answers at once, late, or never.
func TestTypedAhead(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]ptytest.Options{
		"answers": {Delay: 50 * time.Millisecond},
		"late":    {Delay: 500 * time.Millisecond, Background: color.White},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, _ := command(t)
			tty := ptytest.Start(t, cmd, o)
			tty.Until("the terminal was asked", func() bool { return strings.Contains(tty.Written(), "\x1b]11;?") })
			tty.Type("/node\x1b[B")
			tty.Sees("keys: </node> <down>")
		})
	}
}

// An answer that comes after the deadline is nobody's input.
func TestLateAnswer(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{Delay: 500 * time.Millisecond, Background: color.White})
	tty.Sees("dark=true") // it did not come in time
	tty.Until("the answer came", func() bool { return strings.HasSuffix(tty.Answered(), "c") })
	tty.Type("x")
	tty.Sees("<x>")
	if !strings.HasSuffix(tty.Screen(), "keys: <x>") {
		t.Errorf("the program got more than the key:\n%s", tty.Screen())
	}
}

func TestSilentTerminalKeepsItsKeys(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{Silent: true})
	tty.Type("a")
	tty.Sees("keys: <a>")
	tty.Type("\x1b")
	tty.Sees("keys: <a> <esc>")
	tty.Type("\x1b[A")
	tty.Sees("keys: <a> <esc> <up>")
}
