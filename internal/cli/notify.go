package cli

import (
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/ui/text"
)

// bell is heard, or marks the window of a multiplexer or a desktop.
const bell = "\a"

// newNotifier tells the terminal a line: with the bell that every one knows, and as a
// desktop notification (OSC 9) where it knows these. It is one write through the
// writer of the frames, so it cannot cut one in two.
func newNotifier(terminal io.Writer, getenv func(string) string) func(line string) error {
	return func(line string) error {
		notification := ansi.Notify(text.Cell(line).String())
		if getenv("TMUX") != "" || strings.HasPrefix(getenv("TERM"), "tmux") {
			notification = ansi.TmuxPassthrough(notification)
		}
		if getenv("TERM") == "linux" {
			notification = "" // the console prints what it does not know
		}
		_, err := io.WriteString(terminal, notification+bell)
		return err
	}
}
