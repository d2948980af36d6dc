//go:build unix

package e2e

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"syscall"
	"testing"

	"daytona/snapdeck/internal/demo/demotest"
)

// TestNohup: a signal that is ignored when a command starts does not end it. TERM, sent
// afterwards, does.
func TestNohup(t *testing.T) {
	t.Parallel()
	url := demotest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"id": "1", "name": "slow", "state": "building"}`)
	}))
	for _, args := range [][]string{{"demo-server"}, {"wait", "slow", "--verbose"}} {
		t.Run(args[0], func(t *testing.T) {
			t.Parallel()
			snapdeck := program(t, args...)
			ignoring := append([]string{"-c", `trap '' HUP; exec "$0" "$@"`}, snapdeck.Args...)
			cmd := exec.CommandContext(t.Context(), "sh", ignoring...)
			cmd.Env = append(snapdeck.Env, "DAYTONA_API_KEY=k", "DAYTONA_API_URL="+url)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
				t.Error("the command exits at once:", err)
			}
			for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
				if err := cmd.Process.Signal(sig); err != nil {
					t.Error(err)
				}
			}
			if _ = cmd.Wait(); cmd.ProcessState.ExitCode() != 128+int(syscall.SIGTERM) {
				t.Errorf("exit code %d, want %d", cmd.ProcessState.ExitCode(), 128+int(syscall.SIGTERM))
			}
		})
	}
}
