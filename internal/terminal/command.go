package terminal

import (
	"io"
	"os/exec"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Command returns cmd for tea.Exec: it gets the terminal itself, where Bubble
// Tea alone would give it a pipe for its output, because our Output is no plain
// file. While it runs, ctrl+c is a signal to the whole process group that is
// meant for it, so SIGINT does not end the program.
func (s *Session) Command(cmd *exec.Cmd) tea.ExecCommand {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.in.File, s.out.File, s.out.File
	return &borrower{cmd, s}
}

// borrower is a command that has the terminal while it runs.
type borrower struct {
	cmd     *exec.Cmd
	session *Session
}

// afterglow is how long after such a command a SIGINT is still taken for one
// that ended it: both are told at once, and the command may be gone first.
const afterglow = time.Second

// Run implements tea.ExecCommand.
func (b *borrower) Run() error {
	b.session.returnScreen()
	defer b.session.takeScreen()
	b.session.lentUntil.Store(forever)
	defer func() { b.session.lentUntil.Store(time.Now().Add(afterglow).UnixNano()) }()
	return b.cmd.Run()
}

// forever is a time that does not come.
const forever = 1<<63 - 1

// SetStdin implements tea.ExecCommand; Command has set it already.
func (b *borrower) SetStdin(io.Reader) {}

// SetStdout implements tea.ExecCommand; Command has set it already.
func (b *borrower) SetStdout(io.Writer) {}

// SetStderr implements tea.ExecCommand; Command has set it already.
func (b *borrower) SetStderr(io.Writer) {}

// lent reports whether a SIGINT is meant for a command that has the terminal.
func (s *Session) lent() bool { return time.Now().UnixNano() < s.lentUntil.Load() }
