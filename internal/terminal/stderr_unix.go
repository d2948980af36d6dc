//go:build unix

package terminal

import (
	"os"
	"sync"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// stderrCapture redirects file descriptor 2 to a file while the dashboard is on the
// screen, if it is the terminal: output of a library, or of the runtime in a fatal error,
// would scroll the screen.
type stderrCapture struct {
	mu      sync.Mutex
	report  *os.File // nil if nothing is captured
	savedFD int      // a copy of the descriptor
}

const stderrFD = 2

// start redirects stderr to a report in dir, or discards it if it cannot create one.
func (c *stderrCapture) start(dir string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report != nil || !term.IsTerminal(stderrFD) {
		return
	}
	saved, err := unix.FcntlInt(stderrFD, unix.F_DUPFD_CLOEXEC, stderrFD+1)
	if err != nil {
		return
	}
	report, err := createStderrReport(dir)
	if err != nil {
		report, err = os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	}
	if err != nil || dup2(int(report.Fd()), stderrFD) != nil {
		_ = unix.Close(saved)
		return
	}
	c.report, c.savedFD = report, saved
}

// stop redirects stderr to the terminal again, and removes an empty report.
func (c *stderrCapture) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.report == nil {
		return
	}
	_ = dup2(c.savedFD, stderrFD)
	_ = unix.Close(c.savedFD)
	info, err := c.report.Stat()
	_ = c.report.Close()
	if err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		_ = os.Remove(c.report.Name())
	}
	c.report = nil
}

// isRunning reports whether there is a process with the id.
func isRunning(pid int) bool {
	err := unix.Kill(pid, 0)
	return err == nil || err == unix.EPERM
}
