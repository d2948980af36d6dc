//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// compareLists compares how long two commands take to print the list, into a pipe and on a
// terminal. Their processor time hardly depends on the load of the machine.
func compareLists(ctx context.Context, own, other, env []string, rows, rounds int) error {
	printHeading(rows, rounds, filepath.Base(other[0]))
	for _, to := range []struct {
		name string
		run  func(*exec.Cmd) (time.Duration, error)
	}{
		{"list in a pipe, ms", runInPipe},
		{"list on a terminal, ms", runOnTerminal},
	} {
		var took, processor [2][]time.Duration
		for range rounds {
			for i, args := range [][]string{own, other} {
				cmd := exec.CommandContext(ctx, args[0], args[1:]...)
				cmd.Env = env
				d, err := to.run(cmd)
				if err != nil {
					return fmt.Errorf("%s: %w", cmd, err)
				}
				took[i] = append(took[i], d)
				processor[i] = append(processor[i], cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
			}
		}
		printRatio(to.name, median(took[0], ms), median(took[1], ms))
		printRatio("  processor time, ms", median(processor[0], ms), median(processor[1], ms))
	}
	return nil
}

func runInPipe(cmd *exec.Cmd) (time.Duration, error) {
	started := time.Now()
	_, err := cmd.Output()
	return time.Since(started), err
}

func runOnTerminal(cmd *exec.Cmd) (time.Duration, error) {
	started := time.Now()
	master, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: width, Rows: height})
	if err != nil {
		return 0, err
	}
	defer func() { _ = master.Close() }()
	go answer(master)
	err = cmd.Wait()
	return time.Since(started), err
}

// answer reads the output of a program, and answers a query for colours like a terminal that
// knows none: with the position of the cursor, which programs request next. It draws nothing,
// because that takes longer than the programs.
func answer(master *os.File) {
	buf := make([]byte, 64<<10)
	for {
		n, err := master.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], []byte(ansi.RequestCursorPositionReport)) {
			_, _ = master.WriteString("\x1b[1;1R")
		}
	}
}
