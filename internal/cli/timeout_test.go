package cli

import (
	"net/http"
	"os"
	"os/signal"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/spf13/cobra"

	"daytona/snapdeck/internal/demo"
)

// silentTransport is an API that never responds.
type silentTransport struct{}

// RoundTrip implements http.RoundTripper.
func (silentTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// runWithoutReplies runs the program against an API that never responds, in a synctest
// bubble, and returns how much fake time passed.
func runWithoutReplies(t *testing.T, home string, args ...string) (got result, took time.Duration) {
	t.Helper()
	// The first Notify starts a goroutine that never ends, so call it outside the bubble.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	signal.Stop(signals)
	synctest.Test(t, func(t *testing.T) {
		environment := newEnvironment(t, home, map[string]string{"DAYTONA_API_URL": "http://localhost/api", "DAYTONA_API_KEY": "dtn_test"})
		environment.Transport = silentTransport{}
		began := time.Now()
		got = runWith(t, environment, args...)
		took = time.Since(began)
	})
	return got, took
}

func TestUnresponsiveAPI(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	for args, want := range map[string]time.Duration{
		"list":                   10 * time.Second, // what the client gives a request
		"wait any":               unreachableTimeout,
		"recover --resume --yes": 10 * time.Second,
	} {
		t.Run(args, func(t *testing.T) {
			got, took := runWithoutReplies(t, b.home, strings.Fields(args)...)
			if got.code != exitUnreachable || took != want {
				t.Errorf("exit code %d after %v, want %d after %v", got.code, took, exitUnreachable, want)
			}
			if !strings.Contains(got.err, "check that the server") || strings.Count(got.err, "\n") != 1 {
				t.Errorf("stderr %q", got.err)
			}
		})
	}
}

func TestCompletionTimeout(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"wait n", "list region:"} {
		got, took := runWithoutReplies(t, t.TempDir(), append([]string{cobra.ShellCompNoDescRequestCmd}, strings.Fields(words)...)...)
		if got.out != ":4\n" || strings.Contains(got.err, "snapdeck:") || took != completionTimeout {
			t.Errorf("%s: completes to %q, stderr %q after %v", words, got.out, got.err, took)
		}
	}
}
