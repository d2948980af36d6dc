package terminal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// A Crash is the error of a program that panicked.
type Crash struct {
	Value  string // value of the panic; untrusted, do not print it
	Report string // path of the crash report, "" if writing it failed
	Err    error  // why writing the report failed
}

// Error returns one line with the path of the report.
func (c *Crash) Error() string {
	if c.Err != nil {
		return fmt.Sprintf("snapdeck crashed (%q) and could not write a report: %v", c.Value, c.Err)
	}
	return "snapdeck crashed, see the report in " + c.Report
}

// Unwrap returns why writing the report failed.
func (c *Crash) Unwrap() error { return c.Err }

var errNoStateDir = errors.New("no state directory")

// writeReport writes a crash report that only the user can read: the panic's value may
// contain data from the network, even a key. It is quoted because users print reports
// with cat.
func (s *Session) writeReport(value any, stack []byte) *Crash {
	c := &Crash{Value: fmt.Sprint(value)}
	text := fmt.Sprintf("%s\n%s\npanic: %q\n\n%s", s.options.Version, time.Now().UTC().Format(time.RFC3339), c.Value, stack)
	c.Report, c.Err = writePrivate(s.options.StateDir, text)
	return c
}

// writePrivate writes text to a new file in dir with mode 0600.
func writePrivate(dir, text string) (path string, err error) {
	if dir == "" {
		return "", errNoStateDir
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(dir, "crash-*.txt")
	if err != nil {
		return "", err
	}
	_, writeErr := f.WriteString(text)
	if err := errors.Join(writeErr, f.Close()); err != nil {
		return "", err
	}
	return filepath.Abs(f.Name())
}
