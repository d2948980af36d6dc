package terminal

import "github.com/charmbracelet/x/ansi"

// The modes that the Session sets in addition to those of Bubble Tea.
//
// It pushes the window title onto the terminal's stack, because the dashboard sets its
// own. A terminal without such a stack ignores this and keeps the last title.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (XTWINOPS)
//
// It disables line wrapping. Terminals disagree about the width of some emoji, and a
// row that wraps would shift all rows below it.
const (
	setSequences   = "\x1b[22;0t" + ansi.ResetModeAutoWrap
	resetSequences = "\x1b[23;0t" + ansi.SetModeAutoWrap
)

// setModes sets the modes.
func (s *Session) setModes() {
	s.modesSet.Store(true)
	_, _ = s.out.WriteString(setSequences)
}

// resetModes resets the modes. The flag changes after the write, so that
// restoreTerminal repeats it if the write blocks.
func (s *Session) resetModes() {
	if s.modesSet.Load() {
		_, _ = s.out.WriteString(resetSequences)
		s.modesSet.Store(false)
	}
}
