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
	Value  string // what it panicked with; foreign text, not fit for a terminal
	Report string // path of the report, "" if it could not be written
	Err    error  // why the report could not be written
}

// Error says where the report is. It is one line.
func (c *Crash) Error() string {
	if c.Err != nil {
		return fmt.Sprintf("the program crashed (%q) and the report could not be written: %v", c.Value, c.Err)
	}
	return "the program crashed; a report is in " + c.Report
}

// Unwrap returns why the report could not be written.
func (c *Crash) Unwrap() error { return c.Err }

// errNoStateDir is why there is no report where Options name no place for it.
var errNoStateDir = errors.New("no directory for it")

// report writes a crash report that only the user can read: a panic's value
// may hold what came from the network, even a key. It is quoted, because
// reports are read with cat.
func (s *Session) report(value any, stack []byte) *Crash {
	c := &Crash{Value: fmt.Sprint(value)}
	text := fmt.Sprintf("%s\n%s\npanic: %q\n\n%s", s.options.Version, time.Now().UTC().Format(time.RFC3339), c.Value, stack)
	c.Report, c.Err = writePrivate(s.options.StateDir, text)
	return c
}

// writePrivate writes text to a new file in dir (0600 in a 0700 directory).
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
	_, werr := f.WriteString(text)
	if err := errors.Join(werr, f.Close()); err != nil {
		return "", err
	}
	return filepath.Abs(f.Name())
}
