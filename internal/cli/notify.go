package cli

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/ui/text"
)

// bell sounds, or marks the window in a multiplexer or desktop.
const bell = "\a"

// newNotifier returns a function that shows a line as a desktop notification (OSC 9) and
// rings the bell. It writes both at once, so that they cannot split a frame.
func newNotifier(terminal io.Writer, getenv func(string) string) func(line string) error {
	return func(line string) error {
		notification := ansi.Notify(text.Cell(line).String())
		if getenv("TMUX") != "" || strings.HasPrefix(getenv("TERM"), "tmux") {
			notification = ansi.TmuxPassthrough(notification)
		}
		if getenv("TERM") == "linux" {
			notification = "" // it prints unknown sequences
		}
		_, err := io.WriteString(terminal, notification+bell)
		return err
	}
}
