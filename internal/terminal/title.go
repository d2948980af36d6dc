package terminal

// What is watched for goes into the title of the window, which is the shell's or
// the user's. The terminal can keep that one on a stack meanwhile; one that has no
// such stack takes no notice, and keeps the title that it was given last.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (XTWINOPS)
const (
	keepTitle    = "\x1b[22;0t"
	restoreTitle = "\x1b[23;0t"
)

// takeTitle keeps the title of the window while the program has the terminal.
func (s *Session) takeTitle() {
	s.titled.Store(true)
	_, _ = s.out.WriteString(keepTitle)
}

// returnTitle puts the title back that was kept. It counts as done only when it is
// written: giveBack has to do it where the terminal takes nothing.
func (s *Session) returnTitle() {
	if s.titled.Load() {
		_, _ = s.out.WriteString(restoreTitle)
		s.titled.Store(false)
	}
}
