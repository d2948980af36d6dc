//go:build unix

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	demoapi "daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
	"daytona/snapdeck/internal/ptytest"
)

// newUnsolicitedServer starts a demo server that sends a second response to one request
// for the list. net/http reports that in the standard log. The second response contains
// the key and an escape sequence.
func newUnsolicitedServer(t *testing.T) (env []string, sent *atomic.Bool) {
	t.Helper()
	sent = new(atomic.Bool)
	demo := demoapi.New(demoapi.Options{})
	var lists atomic.Int32
	url := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/snapshots") || lists.Add(1) != 3 { // no request follows at once
			demo.ServeHTTP(w, r)
			return
		}
		answer := httptest.NewRecorder()
		demo.ServeHTTP(answer, r)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", answer.Code, answer.Body.Len(), answer.Body)
		time.Sleep(100 * time.Millisecond) // until the client has read the first one
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nX: "+demoapi.Key+"\x1b[2J\r\n\r\n")
		time.Sleep(300 * time.Millisecond) // until the client has logged it
		sent.Store(true)
	}))
	return []string{"DAYTONA_API_URL=" + url, "DAYTONA_API_KEY=" + demoapi.Key}, sent
}

// TestStandardLog: the log of net/http goes to the debug file or nowhere.
func TestStandardLog(t *testing.T) {
	t.Parallel()
	for _, debug := range []bool{false, true} {
		t.Run(fmt.Sprintf("debug %v", debug), func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "debug.log")
			args := []string{"--interval", "1s"}
			if debug {
				args = append(args, "--debug", path)
			}
			cmd := program(t, args...)
			env, sent := newUnsolicitedServer(t)
			cmd.Env = append(cmd.Env, env...)
			tty := ptytest.Start(t, cmd, ptytest.Options{})
			tty.WaitFor("120 snapshots")
			if debug {
				tty.WaitUntil("the debug log has the line", func() bool {
					log, _ := os.ReadFile(path)
					return strings.Contains(string(log), "Unsolicited response")
				})
				log, _ := os.ReadFile(path)
				if strings.Contains(string(log), demoapi.Key) || strings.Contains(string(log), "\x1b") {
					t.Errorf("the debug log contains the key or a control character:\n%s", log)
				}
			}
			tty.WaitUntil("the response is sent", sent.Load)
			tty.Type("q")
			checkExit(t, tty, 0)
		})
	}
}

// TestErrorReportOfThePreviousRun: a process that dies without a chance to restore the
// terminal leaves a report, and the next one names it once.
func TestErrorReportOfThePreviousRun(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	start := func() *ptytest.Terminal {
		cmd := program(t, "--demo")
		cmd.Env = append(cmd.Env, "HOME="+home)
		tty := ptytest.Start(t, cmd, ptytest.Options{Stderr: true, Width: 80, Height: 24})
		tty.WaitFor("120 snapshots")
		return tty
	}
	dying := start()
	dying.Replied()
	dying.Signal(syscall.SIGABRT) // the runtime writes a trace to file descriptor 2
	dying.ExitCode()
	if strings.Contains(dying.Output(), "SIGABRT") {
		t.Error("the terminal got the trace")
	}
	next := start()
	next.WaitFor("an earlier run left errors: ~/.local/state/snapdeck/crash-")
	reports, err := filepath.Glob(filepath.Join(home, ".local/state/snapdeck/crash-*"))
	if err != nil || len(reports) != 1 {
		t.Fatalf("reports: %q, %v", reports, err)
	}
	next.WaitFor(strings.TrimPrefix(reports[0], home))
	if report, err := os.ReadFile(reports[0]); err != nil || !strings.Contains(string(report), "SIGABRT") {
		t.Errorf("the report is %.200q, %v", report, err)
	}
	next.Type("q")
	next.ExitCode()
	last := start()
	last.Replied()
	last.Type("q")
	last.ExitCode()
	if strings.Contains(last.Output(), "left errors") {
		t.Error("the report is named twice")
	}
}
