//go:build unix

package e2e

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/internal/ptytest"
)

// TestAccessible runs the dashboard as for a screen reader: on the main screen, with the
// cursor on the selected row, without rules and glyphs, and with a line for each change.
func TestAccessible(t *testing.T) {
	t.Parallel()
	cmd := program(t, "--demo", "--demo-seed", "7")
	cmd.Env = append(cmd.Env, "SNAPDECK_ACCESSIBLE=1")
	tty := ptytest.Start(t, cmd, ptytest.Options{})
	cursorOn := func(name string) {
		t.Helper()
		tty.WaitUntil("the cursor is on "+name, func() bool { return strings.Contains(tty.CursorLine(), name) })
	}
	cursorOn("node-playwright")
	if tty.ModeSet(ansi.ModeAltScreenSaveCursor) || !tty.ModeSet(ansi.ModeTextCursorEnable) {
		t.Error("on the alternate screen, or the cursor is hidden")
	}
	if i := strings.IndexAny(tty.Screen(), "✗◐⊙⇣◌✓○▌▐█─│╭╰"); i >= 0 {
		t.Errorf("rules or glyphs on the screen:\n%s", tty.Screen())
	}
	tty.WaitFor("82 active") // a word, not a glyph
	tty.Type("j")
	cursorOn("python-agents-prod")
	tty.Type("/")
	tty.WaitFor("esc cancel")
	tty.Type("agents")
	cursorOn("/ agents")
	tty.Type("\x1b")
	tty.WaitForNo("/ agents")
	tty.Type("D")
	tty.WaitFor("Delete python-agents-prod")
	tty.WaitFor("* enter delete") // it accepts an answer
	if strings.Contains(tty.Screen(), "node-playwright") {
		t.Errorf("the table is behind the dialog:\n%s", tty.Screen())
	}
	tty.Type("\x1b")
	cursorOn("python-agents-prod")
	tty.Type("\x07") // is not bound
	tty.WaitUntil("the answer is appended at the top", func() bool {
		top, _, _ := strings.Cut(tty.Screen(), "snapdeck  acme")
		return strings.Contains(top, "is not bound here")
	})
	tty.Type("q")
	if code := tty.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if err := tty.CheckRestored(); err != nil {
		t.Errorf("the terminal is not restored: %v", err)
	}
	if !strings.Contains(tty.Screen(), "python-agents-prod") {
		t.Errorf("the frame is not left on the screen:\n%s", tty.Screen())
	}
}
