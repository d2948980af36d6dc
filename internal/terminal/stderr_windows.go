//go:build windows

package terminal

// stderrCapture does nothing: the runtime keeps its own handle of stderr.
type stderrCapture struct{}

func (*stderrCapture) start(string) {}
func (*stderrCapture) stop()        {}

// isRunning reports true: there are no reports on Windows.
func isRunning(int) bool { return true }
