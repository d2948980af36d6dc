package terminal

import "github.com/charmbracelet/x/ansi"

// What of the terminal is the program's while it runs, beside what Bubble Tea takes.
//
// What is watched for goes into the title of the window, which is the shell's or the
// user's. The terminal can keep that one on a stack meanwhile; one that has no such
// stack takes no notice, and keeps the title that it was given last.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (XTWINOPS)
//
// A line that is longer than the screen is cut there instead of being wrapped: nobody
// knows how wide each terminal draws each emoji, and one wrapped row would move all
// rows below it, which Bubble Tea then draws over the wrong ones.
const (
	takeSequences   = "\x1b[22;0t" + ansi.ResetModeAutoWrap
	returnSequences = "\x1b[23;0t" + ansi.SetModeAutoWrap
)

// takeScreen takes this from the terminal.
func (s *Session) takeScreen() {
	s.taken.Store(true)
	_, _ = s.out.WriteString(takeSequences)
}

// returnScreen gives it back. It counts as done only when it is written: giveBack has
// to do it where the terminal takes nothing.
func (s *Session) returnScreen() {
	if s.taken.Load() {
		_, _ = s.out.WriteString(returnSequences)
		s.taken.Store(false)
	}
}
