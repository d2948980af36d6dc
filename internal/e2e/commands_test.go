//go:build linux

package e2e

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
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

// bulkServer is a demo with snapshots to rebuild, on a fast clock. It counts the requests that
// change something.
type bulkServer struct {
	*faultyServer
	names   []string
	changes atomic.Int32
	reached chan struct{} // closed at the change with the number
	at      int32
}

func newBulkServer(t *testing.T, n int) *bulkServer {
	t.Helper()
	demo := fastDemo(demoapi.Options{Size: 12})
	s := &bulkServer{faultyServer: &faultyServer{t: t, demo: demo, home: t.TempDir()}, reached: make(chan struct{})}
	s.url = demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		demo.ServeHTTP(w, r)
		if r.Method != http.MethodGet && s.changes.Add(1) == s.at {
			close(s.reached)
		}
	}))
	for i := range n {
		name := fmt.Sprintf("bulk-%d", i)
		s.names = append(s.names, name)
		s.send(http.MethodPost, "/snapshots", fmt.Sprintf(`{"name": %q, "cpu": 1, "memory": 1, "disk": %d, "regionId": "us",
			"buildInfo": {"dockerfileContent": "FROM alpine:3.21\nRUN echo %s\n"}}`, name, i+1, name))
	}
	for _, name := range s.names {
		s.waitUntil(name+" is active", func() bool { return s.send(http.MethodGet, "/snapshots/"+name, "").State == "active" })
	}
	return s
}

// rebuildAll returns the command that rebuilds all of them.
func (s *bulkServer) rebuildAll() *exec.Cmd {
	args := []string{"rebuild", "--query", "name:bulk-", "--yes"}
	for _, name := range s.names { // the demo counts a build as a use
		args = append(args, "--confirm", name)
	}
	return s.program(args...)
}

// TestKillDuringBulkRebuild kills the command in the middle of a bulk rebuild, and recovers.
func TestKillDuringBulkRebuild(t *testing.T) {
	t.Parallel()
	for _, at := range []int32{1, 4, 7, 10} {
		t.Run(fmt.Sprint("after change ", at), func(t *testing.T) {
			t.Parallel()
			s := newBulkServer(t, 6)
			s.at = s.changes.Load() + at
			before := make(map[string]snapshot)
			for _, name := range s.names {
				before[name] = s.send(http.MethodGet, "/snapshots/"+name, "")
			}
			cmd := s.rebuildAll()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			select {
			case <-s.reached:
			case <-time.After(time.Minute):
				t.Error("the rebuild does not come that far")
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			if len(s.journalFiles()) == 0 {
				t.Error("the journal is empty")
			}
			s.runRecover()
			if files := s.journalFiles(); len(files) > 0 {
				t.Errorf("the journal is not empty: %v", files)
			}
			rebuilt := 0
			for _, name := range s.names {
				got := s.send(http.MethodGet, "/snapshots/"+name, "")
				if got.recipe() != before[name].recipe() {
					t.Errorf("%s is %+v, was %+v", name, got, before[name])
				}
				if got.ID != before[name].ID {
					rebuilt++
				}
			}
			if rebuilt == 0 {
				t.Error("none was rebuilt")
			}
		})
	}
}

// TestSignalDuringRebuild: the exit code is that of the signal, and the entry can be resumed.
func TestSignalDuringRebuild(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			s := newServer(t)
			s.injectAt(faultPoint{"delete", true}, s.block)
			cmd := s.program("rebuild", target, "--confirm", target)
			var stderr strings.Builder
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			<-s.reached
			_ = cmd.Process.Signal(sig)
			err := cmd.Wait()
			s.resume()
			exit, _ := errors.AsType[*exec.ExitError](err)
			if exit == nil || exit.ExitCode() != 128+int(sig) {
				t.Errorf("ended with %v", err)
			}
			if want := "the rebuild of " + target + " is unfinished, its recipe is saved: snapdeck recover --resume"; !strings.Contains(stderr.String(), want) {
				t.Errorf("stderr is %q", stderr.String())
			}
			s.runRecover()
			if got := s.checkIntact(); got != "rebuilt" {
				t.Errorf("the snapshot is %s", got)
			}
		})
	}
}

// TestQuestionsOnATerminal answers what the commands ask.
func TestQuestionsOnATerminal(t *testing.T) {
	t.Parallel()
	s := newBulkServer(t, 3)
	for _, step := range []struct {
		args    []string
		answers [][2]string // prompt, answer
		code    int
		sees    string
	}{
		{[]string{"delete", "bulk-0"}, [][2]string{{"Type bulk-0 to delete it (", "\r"}}, 1, ""},
		{[]string{"delete", "bulk-0"}, [][2]string{{"Type bulk-0 to delete it (", "bulk\r"}}, 1, ""},
		{[]string{"delete", "bulk-0"}, [][2]string{{"Type bulk-0 to delete it (", "\x03"}}, 130, ""},
		{[]string{"delete", "bulk-0", "--yes"}, [][2]string{{"no new sandbox can use it", ""}, {"Type bulk-0 to delete it (", "bulk-0\r"}}, 0, "bulk-0: deleted"},
		{[]string{"restore", "bulk-0"}, [][2]string{{"Restore it? [y/N]", "n\r"}}, 1, ""},
		{[]string{"restore", "bulk-0"}, [][2]string{{"Restore it? [y/N]", "y\r"}}, 0, "bulk-0: restored"},
		{
			[]string{"deactivate", "bulk-0", "bulk-1", "bulk-2"},
			[][2]string{{"Type bulk-0 to", "bulk-0\r"}, {"Type bulk-1 to", "bulk-1\r"}, {"Type bulk-2 to", "bulk-2\r"}}, 0, "bulk-2: deactivated",
		},
	} {
		tty := ptytest.Start(t, s.program(step.args...), ptytest.Options{Width: 120, Height: 40})
		for _, answer := range step.answers {
			tty.WaitFor(answer[0])
			tty.Type(answer[1])
		}
		if step.sees != "" {
			tty.WaitFor(step.sees)
		}
		if code := tty.ExitCode(); code != step.code {
			t.Errorf("%v: exit code %d, want %d:\n%s%s", step.args, code, step.code, tty.Screen(), tty.Stderr())
		}
	}
}

// TestWatchFlushesEachLine reads the first line while the command runs, and ends it.
func TestWatchFlushesEachLine(t *testing.T) {
	t.Parallel()
	s := newBulkServer(t, 0)
	for _, ending := range []string{"signal", "closed pipe"} {
		cmd := s.program("watch", "-o", "jsonl", "--interval", "1s")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		messages, err := cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if line, _ := bufio.NewReader(messages).ReadString('\n'); !strings.HasPrefix(line, "watching ") {
			t.Fatalf("it started with %q", line)
		}
		go func() { _, _ = io.Copy(io.Discard, messages) }()
		name := "new-" + strings.Fields(ending)[0]
		s.send(http.MethodPost, "/snapshots", fmt.Sprintf(`{"name": %q, "imageName": "alpine:3.21"}`, name))
		reader := bufio.NewReader(out)
		for {
			line, err := reader.ReadString('\n')
			if err != nil {
				t.Fatalf("no line about %s: %v", name, err)
			}
			if strings.Contains(line, `"event":"added"`) && strings.Contains(line, name) {
				break
			}
		}
		want := 128 + int(syscall.SIGTERM)
		if ending == "signal" {
			_ = cmd.Process.Signal(syscall.SIGTERM)
		} else {
			want = -1 // by SIGPIPE
			_ = out.Close()
			s.send(http.MethodPost, "/snapshots", `{"name": "after", "imageName": "alpine:3.21"}`)
		}
		err = cmd.Wait()
		if exit, _ := errors.AsType[*exec.ExitError](err); exit == nil || exit.ExitCode() != want {
			t.Errorf("%s: ended with %v", ending, err)
		}
	}
}

// TestNoSecretInOutput runs commands that fail and succeed, and looks for the key.
func TestNoSecretInOutput(t *testing.T) {
	t.Parallel()
	s := newBulkServer(t, 1)
	log := filepath.Join(s.home, "log")
	for _, args := range [][]string{
		{"show", "bulk-0"}, {"show", "none"}, {"logs", "bulk-0"}, {"diff", "bulk-0", "none"},
		{"delete", "bulk-0", "--confirm", "bulk-0", "--debug", log}, {"restore", "bulk-0", "--yes", "-o", "json"},
		{"create", "x", "--image", "a:latest", "--yes"}, {"rebuild", "bulk-0"}, {"help", "exit-codes"},
	} {
		output, _ := s.program(args...).CombinedOutput()
		if strings.Contains(string(output), demoapi.Key) {
			t.Errorf("%v prints the key", args)
		}
	}
	written, err := os.ReadFile(log)
	if err != nil || strings.Contains(string(written), demoapi.Key) {
		t.Errorf("the debug log has the key, or is missing: %v", err)
	}
}

// TestSignalWhileReadingStdin: a Dockerfile from a pipe that stays open.
func TestSignalWhileReadingStdin(t *testing.T) {
	t.Parallel()
	s := newBulkServer(t, 1)
	cmd := s.program("diff", "bulk-0", "-f", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, strings.Repeat("x", 1<<16)); err != nil { // more than the pipe holds
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, strings.Repeat("x", 1<<16)); err != nil { // so it reads by now
		t.Fatal(err)
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	err = cmd.Wait()
	if exit, _ := errors.AsType[*exec.ExitError](err); exit == nil || exit.ExitCode() != 128+int(syscall.SIGTERM) {
		t.Errorf("ended with %v", err)
	}
}
