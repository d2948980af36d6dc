//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/durable/durabletest"
)

// TestFirstFrameDoesNotWaitForTheDisk runs the dashboard with a disk that does not finish
// its first fsync, and quits it.
func TestFirstFrameDoesNotWaitForTheDisk(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 30})
	env["TERM"], env["NO_COLOR"], env["COLORFGBG"] = "xterm-256color", "1", "15;0"
	home := t.TempDir()
	environment := newEnvironment(t, home, env)
	environment.StateDir = filepath.Join(home, "new", "state")
	synced, release := make(chan struct{}), make(chan struct{})
	disk := &durabletest.Disk{Before: func(op durabletest.Op) error {
		if op.Name == "syncdir" {
			select {
			case <-synced:
			default:
				close(synced)
			}
			<-release
		}
		return nil
	}}
	environment.Disk = disk
	master, terminal, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo terminals here: %v", err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Cols: 120, Rows: 40}); err != nil {
		t.Fatal(err)
	}
	environment.In, environment.Out = terminal, terminal
	screen := newOutput(master)
	code := make(chan int, 1)
	go func() { code <- Run([]string{}, environment) }()
	screen.waitFor(t, "30 snapshots")
	select {
	case <-synced:
	case <-time.After(time.Minute):
		t.Error("the journal was not opened")
	}
	if _, err := master.WriteString("q"); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-code:
		if got != exitOK {
			t.Errorf("exit code %d, %s", got, readFile(t, environment.Err))
		}
	case <-time.After(time.Minute):
		t.Error("the program waits for the disk when it ends")
	}
	close(release)
	_ = terminal.Close()
	_ = master.Close()
}

// output collects the output of a program.
type output struct {
	mu  sync.Mutex
	all bytes.Buffer
}

// newOutput starts to read a terminal.
func newOutput(terminal *os.File) *output {
	o := &output{}
	go func() {
		chunk := make([]byte, 4096)
		for {
			n, err := terminal.Read(chunk)
			if err != nil {
				return // the terminal is closed
			}
			o.mu.Lock()
			o.all.Write(chunk[:n])
			o.mu.Unlock()
		}
	}()
	return o
}

func (o *output) waitFor(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		o.mu.Lock()
		shown := o.all.String()
		o.mu.Unlock()
		if strings.Contains(shown, text) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%q is not shown:\n%s", text, shown)
		}
	}
}
