package cli

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"daytona/snapdeck/internal/demo/demotest"
)

// A build that fails between two polls is never seen building. Its log is printed as well.
func TestLogOfABuildThatFailsAtOnce(t *testing.T) {
	t.Parallel()
	const id = "0adedde5-ea72-4a75-82d6-edf6593f3ad6"
	const snapshot = `{"id": "` + id + `", "name": "quick", "state": "%s", "errorReason": "no such base image", "buildInfo": {"dockerfileContent": "FROM x"}, "regionIds": []}`
	var created atomic.Bool
	api := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		state, message := "error", "not found"
		if strings.HasSuffix(r.URL.Path, "/build-logs-url") {
			message = "Cannot GET " + r.URL.Path // as an older server
		}
		switch {
		case r.Method == http.MethodPost && r.URL.Path == "/api/snapshots":
			created.Store(true)
			state = "pending"
		case r.URL.Path == "/api/snapshots":
			_, _ = fmt.Fprint(w, `{"items": [], "total": 0, "page": 1, "totalPages": 0}`)
			return
		case strings.HasSuffix(r.URL.Path, "/build-logs"):
			_, _ = fmt.Fprintln(w, "Step 1/1 : FROM x")
			return
		case r.URL.Path != "/api/snapshots/"+id || !created.Load():
			w.WriteHeader(http.StatusNotFound)
			_, _ = fmt.Fprintf(w, `{"statusCode": 404, "message": "%s"}`, message)
			return
		}
		_, _ = fmt.Fprintf(w, snapshot, state)
	}))
	dir := t.TempDir()
	dockerfile := filepath.Join(dir, "Dockerfile")
	if err := os.WriteFile(dockerfile, []byte("FROM x"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := newEnvironment(t, dir, api)
	clk := demotest.NewClock()
	env.Now, env.Sleep = clk.Now, clk.Sleep
	got := runWith(t, env, "create", "quick", "-f", dockerfile, "--log", "--yes")
	if got.code != exitFailed || strings.Count(got.err, "quick | Step 1/1 : FROM x\n") != 1 || !strings.Contains(got.out, "no such base image") {
		t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
	}
}
