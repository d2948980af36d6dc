//go:build unix

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"syscall"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

const (
	width, height = 120, 36
	quiet         = 300 * time.Millisecond // without a change of the matches: all keys are answered
	deadline      = 2 * time.Minute
)

// sample is what one run of a program measured.
type sample struct {
	first, loaded, key time.Duration
	peakMB             float64
}

// terminal runs a program and draws its output.
type terminal struct {
	pty    *os.File
	chunks chan chunk
	screen *vt.Emulator
}

// chunk is a piece of output. Its time is taken before it is drawn.
type chunk struct {
	at   time.Time
	data []byte
}

// measure runs a program once.
func measure(c contender) (s sample, err error) {
	cmd := c.command()
	started := time.Now()
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: width, Rows: height})
	if err != nil {
		return s, err
	}
	t := &terminal{pty: master, chunks: make(chan chunk, 1024), screen: vt.NewEmulator(width, height)}
	go t.read()
	go func() { _, _ = io.Copy(master, t.screen) }() // replies
	defer func() {
		_ = cmd.Process.Kill()
		err = errors.Join(err, ignoreExit(cmd.Wait()))
		s.peakMB = peakMB(cmd.ProcessState)
		_ = master.Close()
	}()
	at, err := t.waitFor("anything", regexp.MustCompile(`\S`), "")
	if err != nil {
		return s, err
	}
	s.first = at.Sub(started)
	if at, err = t.waitFor("all rows", c.loaded, ""); err != nil {
		return s, err
	}
	s.loaded = at.Sub(started)
	last := len(query) - 1
	for _, key := range c.keys + query[:last] {
		if err := t.press(string(key)); err != nil {
			return s, err
		}
	}
	before := t.settle(c.matches)
	pressed := time.Now()
	if err := t.press(query[last:]); err != nil {
		return s, err
	}
	at, err = t.waitFor("other matches than "+before, c.matches, before)
	s.key = at.Sub(pressed)
	return s, err
}

// read reads the output until the program has ended.
func (t *terminal) read() {
	defer close(t.chunks)
	for {
		data := make([]byte, 64<<10)
		n, err := t.pty.Read(data)
		if n > 0 {
			t.chunks <- chunk{time.Now(), data[:n]}
		}
		if err != nil {
			return
		}
	}
}

func (t *terminal) press(key string) error {
	_, err := io.WriteString(t.pty, key)
	return err
}

// waitFor draws output until the screen shows a text that is not the old one, and returns
// when that arrived.
func (t *terminal) waitFor(what string, shown *regexp.Regexp, old string) (time.Time, error) {
	timeout := time.After(deadline)
	drawn := time.Now()
	for {
		if found := shown.FindString(t.screen.String()); found != "" && found != old {
			return drawn, nil
		}
		select {
		case c, ok := <-t.chunks:
			if !ok {
				return time.Time{}, fmt.Errorf("the program ended before it showed %s", what)
			}
			drawn = c.at
			_, _ = t.screen.Write(c.data)
		case <-timeout:
			return time.Time{}, fmt.Errorf("the screen does not show %s:\n%s", what, t.screen.String())
		}
	}
}

// settle draws output until the text stays the same, and returns it.
func (t *terminal) settle(shown *regexp.Regexp) (text string) {
	timer := time.NewTimer(quiet)
	for {
		select {
		case c := <-t.chunks:
			_, _ = t.screen.Write(c.data)
			if now := shown.FindString(t.screen.String()); now != text {
				text = now
				timer.Reset(quiet)
			}
		case <-timer.C:
			return text
		}
	}
}

// ignoreExit returns the error of Wait unless it is that of a killed process.
func ignoreExit(err error) error {
	if _, killed := errors.AsType[*exec.ExitError](err); killed {
		return nil
	}
	return err
}

// peakMB returns the most memory that an ended process took. Linux counts in KiB, macOS in
// bytes.
func peakMB(state *os.ProcessState) float64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return float64(usage.Maxrss) / 1e6
	}
	return float64(usage.Maxrss) * 1024 / 1e6
}
