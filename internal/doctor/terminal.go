package doctor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muesli/termenv"

	"daytona/snapdeck/internal/terminal"
)

// System is what the checks of the terminal need to know about the process.
type System struct {
	GOOS          string
	Getenv        func(string) string
	Terminal      bool // stdout is one
	Width, Height int  // of the terminal, 0 if unknown
	ASCII         bool // as configured
	// ClipboardTool reports whether there is a program for the system's clipboard.
	ClipboardTool bool
}

// The size below which the dashboard shows one line only.
const minWidth, minHeight = 40, 10

// TerminalChecks returns the checks of the terminal, the colours and the clipboard.
func TerminalChecks(s System) []Check {
	return []Check{s.terminal(), s.colours(), s.clipboard()}
}

func (s System) terminal() Check {
	const name = "terminal"
	termType := s.Getenv("TERM")
	switch {
	case !s.Terminal:
		return unknown(name, "stdout is not a terminal: only the dashboard needs one")
	case termType == "dumb":
		return Check{
			Name: name, Status: Failed, Detail: "TERM is dumb: it cannot move the cursor", Err: terminal.ErrDumbTerminal,
			Remedy: "if the terminal can, set TERM to its type; list and wait need none",
		}
	case termType == "" && s.GOOS != "windows":
		return warning(name, "TERM is not set", "set it to the type of the terminal, such as xterm-256color")
	}
	parts := slices.DeleteFunc([]string{termType, s.size(), s.multiplexer(), s.remote()}, func(part string) bool { return part == "" })
	detail := strings.Join(parts, ", ")
	switch {
	case s.Width > 0 && (s.Width < minWidth || s.Height < minHeight):
		return warning(name, detail, fmt.Sprintf("enlarge it: the dashboard needs %dx%d", minWidth, minHeight))
	case !s.ASCII && s.legacyCharset() != "":
		return warning(name, detail+", locale "+s.legacyCharset(), "set LANG to a UTF-8 locale, or use --ascii")
	}
	return passed(name, detail, "")
}

func (s System) size() string {
	if s.Width == 0 {
		return ""
	}
	return fmt.Sprintf("%dx%d", s.Width, s.Height)
}

func (s System) multiplexer() string {
	termType := s.Getenv("TERM")
	switch {
	case s.Getenv("TMUX") != "" || strings.HasPrefix(termType, "tmux"):
		return "tmux"
	case s.Getenv("STY") != "" || strings.HasPrefix(termType, "screen"):
		return "screen"
	}
	return ""
}

func (s System) remote() string {
	if s.Getenv("SSH_CONNECTION") != "" || s.Getenv("SSH_TTY") != "" {
		return "ssh"
	}
	return ""
}

// legacyCharset returns the locale if it names an encoding other than UTF-8, "" otherwise. A
// locale that names none counts as UTF-8.
func (s System) legacyCharset() string {
	for _, variable := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		locale := s.Getenv(variable)
		if locale == "" {
			continue
		}
		_, charset, found := strings.Cut(strings.ToLower(locale), ".")
		if found && !strings.HasPrefix(charset, "utf") {
			return locale
		}
		return ""
	}
	return ""
}

func (s System) colours() Check {
	const name = "colours"
	switch terminal.ColorProfile(s.Getenv) {
	case termenv.TrueColor:
		return passed(name, "24-bit colours", "")
	case termenv.ANSI256:
		return passed(name, "256 colours", "if the terminal has 24-bit colours, set COLORTERM=truecolor")
	case termenv.ANSI:
		return passed(name, "16 colours", "if the terminal has more, set TERM=xterm-256color or COLORTERM=truecolor")
	}
	if s.Getenv("NO_COLOR") != "" {
		return passed(name, "off, because NO_COLOR is set", "")
	}
	if s.Getenv("CLICOLOR") == "0" {
		return passed(name, "off, because CLICOLOR is 0", "")
	}
	if !s.Terminal {
		return unknown(name, "stdout is not a terminal")
	}
	return warning(name, "none for TERM="+s.Getenv("TERM"), "if the terminal has colours, set TERM=xterm-256color")
}

// clipboard names the route of the key y. Terminals do not confirm OSC 52, so whether the
// text arrives is not known.
func (s System) clipboard() Check {
	const name = "clipboard"
	osc52 := s.Getenv("TERM") != "linux"
	display := s.GOOS == "windows" || s.GOOS == "darwin" || s.Getenv("DISPLAY") != "" || s.Getenv("WAYLAND_DISPLAY") != "" || s.Getenv("TERMUX_VERSION") != ""
	system := s.ClipboardTool && display
	hint := ""
	if osc52 {
		switch s.multiplexer() {
		case "tmux":
			hint = "tmux needs set -g set-clipboard on or set -g allow-passthrough on"
		case "":
			hint = "if nothing arrives, the terminal has no OSC 52 or does not permit it"
		}
	}
	switch {
	case system && osc52:
		return passed(name, "the system's, and the terminal's (OSC 52)", "")
	case system:
		return passed(name, "the system's", "")
	case osc52:
		return passed(name, "the terminal's (OSC 52)", hint)
	}
	return warning(name, "none: the Linux console has no clipboard", "use a terminal with OSC 52, or mark and copy the text")
}
