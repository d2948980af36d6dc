package terminal

import (
	"io"
	"math"
	"os/exec"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Command prepares cmd for tea.Exec. It connects cmd to the terminal directly: Bubble
// Tea would give it a pipe, because Output is not an *os.File. While cmd runs, ctrl+c
// sends SIGINT to the whole process group, and the Session ignores it.
func (s *Session) Command(cmd *exec.Cmd) tea.ExecCommand {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.in.File, s.out.File, s.out.File
	return &foregroundCommand{cmd, s}
}

// foregroundCommand is a command that uses the terminal while it runs.
type foregroundCommand struct {
	cmd     *exec.Cmd
	session *Session
}

// interruptGrace is how long the Session ignores SIGINT after a command exits: the
// signal that ended the command reaches both processes, in any order.
const interruptGrace = time.Second

// Run implements tea.ExecCommand.
func (c *foregroundCommand) Run() error {
	c.session.resetModes()
	defer c.session.setModes()
	c.session.ignoreInterruptUntil.Store(math.MaxInt64)
	defer func() { c.session.ignoreInterruptUntil.Store(time.Now().Add(interruptGrace).UnixNano()) }()
	return c.cmd.Run()
}

// SetStdin implements tea.ExecCommand; Command has set it already.
func (c *foregroundCommand) SetStdin(io.Reader) {}

// SetStdout implements tea.ExecCommand; Command has set it already.
func (c *foregroundCommand) SetStdout(io.Writer) {}

// SetStderr implements tea.ExecCommand; Command has set it already.
func (c *foregroundCommand) SetStderr(io.Writer) {}

// interruptIsForCommand reports whether a SIGINT is meant for a command that uses the
// terminal.
func (s *Session) interruptIsForCommand() bool {
	return time.Now().UnixNano() < s.ignoreInterruptUntil.Load()
}
