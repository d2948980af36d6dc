//go:build unix

package terminal_test

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/ptytest"
)

// Bubble Tea's renderer draws its constant view once. The screen writes everything else.
func TestTheRendererOfBubbleTeaWritesOnce(t *testing.T) {
	t.Parallel()
	tty, _ := start(t, ptytest.Options{})
	const idle = "\x1b[m" // see idleView
	const tick = 1100 * time.Millisecond
	tty.Type("a")
	tty.WaitFor("<a>")
	time.Sleep(tick)
	tty.Type("b")
	tty.WaitFor("<b>")
	tty.Resize(100, 30)
	tty.Type("c")
	tty.WaitFor("<c>")
	time.Sleep(tick)
	if n := strings.Count(tty.Output(), idle); n != 1 {
		t.Errorf("it wrote %d times: %q", n, tty.Output())
	}
}
