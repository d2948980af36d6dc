//go:build unix

package terminal_test

import (
	"image/color"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/ptytest"
)

// TestTypedAhead: the program gets keys that were typed before it reads, whether or not
// the terminal replies in time.
func TestTypedAhead(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]ptytest.Options{
		"in time": {ReplyDelay: 50 * time.Millisecond},
		"late":    {ReplyDelay: 500 * time.Millisecond, Background: color.White},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd, _ := command(t)
			tty := ptytest.Start(t, cmd, o)
			tty.WaitUntil("the terminal is queried", func() bool { return strings.Contains(tty.Output(), "\x1b]11;?") })
			tty.Type("/node\x1b[B")
			tty.WaitFor("keys: </node> <down>")
		})
	}
}

// TestLateReply: a reply after the timeout is not input.
func TestLateReply(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{ReplyDelay: 500 * time.Millisecond, Background: color.White})
	tty.WaitFor("dark=true") // the default
	tty.WaitUntil("the reply is sent", func() bool { return strings.HasSuffix(tty.Replies(), "c") })
	tty.Type("x")
	tty.WaitFor("<x>")
	if !strings.HasSuffix(tty.Screen(), "keys: <x>") {
		t.Errorf("the program got more than the key:\n%s", tty.Screen())
	}
}

func TestKeysOnASilentTerminal(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{Silent: true})
	tty.Type("a")
	tty.WaitFor("keys: <a>")
	tty.Type("\x1b")
	tty.WaitFor("keys: <a> <esc>")
	tty.Type("\x1b[A")
	tty.WaitFor("keys: <a> <esc> <up>")
}

// A sequence that arrives in pieces is one key, or none: no part of it is a key.
func TestSplitSequenceIsNoKey(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{}, keyTimeoutEnv+"=20s")
	for _, sequence := range []string{"\x1b[D", "\x1bOR", "\x1b[12;40R", "\x1b[I", "\x1b[200~Delete\x1b[201~", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"} {
		for i := range len(sequence) {
			tty.Type(sequence[i : i+1])
			time.Sleep(5 * time.Millisecond)
		}
	}
	tty.Type("x")
	tty.WaitFor("<x>")
	if want := "keys: <left> <f3> <[Delete]> <x>"; !strings.HasSuffix(tty.Screen(), want) {
		t.Errorf("the screen ends in\n%s\nwant %s", tty.Screen(), want)
	}
}

func TestExpiredSequenceIsNoKey(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{}, keyTimeoutEnv+"=1ms")
	for _, cut := range []string{"\x1b[", "\x1bO", "\x1b[12;", "\x1b]11;rgb", "\x1b[20", "\xe2\x82"} {
		tty.Type(cut)
		time.Sleep(50 * time.Millisecond)
	}
	tty.Type("x")
	tty.WaitFor("<x>")
	if !strings.HasSuffix(tty.Screen(), "keys: <x>") {
		t.Errorf("the program got more than the key:\n%s", tty.Screen())
	}
}
