//go:build unix

package cli

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"regexp"
	"syscall"
	"testing"
	"time"
)

// TestDemoServer is not parallel, because it sends a signal to its own process.
func TestDemoServer(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	code := make(chan int)
	go func() {
		code <- Run([]string{"demo-server", "--size", "30"}, Environment{Out: w, Err: os.Stderr, Getenv: os.Getenv, LogTo: func(io.Writer) {}})
		_ = w.Close()
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`^export DAYTONA_API_URL=(http://127\.0\.0\.1:\d+/api) DAYTONA_API_KEY=(\S+)\n$`).FindStringSubmatch(line)
	if match == nil {
		t.Fatalf("output %q", line)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, match[1]+"/snapshots", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+match[2])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %s", answer.Status)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-code:
		if got != 143 {
			t.Errorf("exit code %d, want 143", got)
		}
	case <-time.After(time.Minute):
		t.Error("the server does not exit")
	}
}
