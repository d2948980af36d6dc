package cli

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/demo/demotest"
)

func TestListReadsAllPages(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 450})
	got := run(t, env, "list", "-o", "name")
	if got.code != 0 || strings.Count(got.out, "\n") != 450 {
		t.Errorf("code %d and %d names, want 0 and 450; stderr %q", got.code, strings.Count(got.out, "\n"), got.err)
	}
	var rows []map[string]any
	got = run(t, env, "list", "-o", "json")
	if err := json.Unmarshal([]byte(got.out), &rows); err != nil || len(rows) != 450 {
		t.Errorf("%d rows of JSON, want 450; %v", len(rows), err)
	}
	got = run(t, env, "list")
	lines := strings.Split(strings.TrimSuffix(got.out, "\n"), "\n")
	if len(lines) != 451 || !strings.HasPrefix(lines[0], "NAME ") {
		t.Errorf("the table has %d lines, want 451; it starts with %q", len(lines), lines[0])
	}
	if strings.ContainsFunc(got.out, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == 0x202e }) {
		t.Error("the table contains control characters")
	}
}

func TestListShowsDeactivation(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 30})
	estimate := regexp.MustCompile(`~\d+d`)
	if got := run(t, env, "list"); got.code != exitOK || !estimate.MatchString(got.out) {
		t.Errorf("with an API key the time is not marked as an estimate: code %d\n%s", got.code, got.out)
	}
	env["DAYTONA_JWT_TOKEN"], env["DAYTONA_ORGANIZATION_ID"] = demo.JWT, demo.OrganizationID
	delete(env, "DAYTONA_API_KEY")
	if got := run(t, env, "list"); got.code != exitOK || estimate.MatchString(got.out) {
		t.Errorf("with a JWT the time is an estimate: code %d\n%s", got.code, got.out)
	}
}

// TestListUsesTheConfiguredDeactivation: that of the profile, in the table and in a query.
func TestListUsesTheConfiguredDeactivation(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Size: 30})
	dir := t.TempDir()
	profiles := fmt.Sprintf(`{"activeProfile": "1", "profiles": [{"id": "1", "name": "prod", "api": {"url": %q, "key": %q, "token": null}}]}`,
		server["DAYTONA_API_URL"], demo.Key)
	for file, content := range map[string]string{
		filepath.Join(dir, "daytona", "config.json"):  profiles,
		filepath.Join(dir, "snapdeck", "config.yaml"): "profiles: {prod: {deactivation: 900d}}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := runIn(t, dir, nil, "list", "state:active"); got.code != exitOK || got.err != "" || strings.Contains(got.out, "~") || !strings.Contains(got.out, " 899d ") {
		t.Errorf("code %d, stderr %q\n%s", got.code, got.err, got.out)
	}
	all, late := runIn(t, dir, nil, "list", "-o", "name", "state:active general:no"), runIn(t, dir, nil, "list", "-o", "name", "ttl:>300d")
	if late.code != exitOK || all.out == "" || late.out != all.out {
		t.Errorf("ttl:>300d lists\n%swant\n%s", late.out, all.out)
	}
}

// TestListRequests: commands send no unnecessary requests, because they count toward the
// organization's rate limit.
func TestListRequests(t *testing.T) {
	t.Parallel()
	var (
		mu    sync.Mutex
		asked []string
	)
	world := demo.New(demo.Options{Size: 30, Now: demotest.NewClock().Now})
	env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, strings.TrimPrefix(r.URL.Path, "/api"))
		mu.Unlock()
		world.ServeHTTP(w, r)
	}))
	for args, want := range map[string]string{
		"list -o name":               "/snapshots",
		"list -o json":               "/snapshots",
		"list -o csv state:failed":   "/regions /snapshots",
		"list":                       "/regions /snapshots",
		"list --sort nonsense":       "",
		"list used:>nonsense":        "",
		"wait node-20-agents":        "/snapshots/node-20-agents",
		"wait nothing --for deleted": "/snapshots/nothing",
		"wait node-20 --for heaven":  "",
	} {
		asked = nil
		run(t, env, strings.Fields(args)...)
		slices.Sort(asked) // they are sent in parallel
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s requested %q, want %q", args, got, want)
		}
	}
}

// The region names are requested while the first page is, not after it.
func TestListRequestsRegionsInParallel(t *testing.T) {
	t.Parallel()
	world := demo.New(demo.Options{Size: 30, Now: demotest.NewClock().Now})
	regions := make(chan struct{})
	env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/api/regions":
			close(regions)
		case "/api/snapshots":
			select {
			case <-regions:
			case <-time.After(time.Minute):
				t.Error("no request for the regions before the first page arrived")
			}
		}
		world.ServeHTTP(w, r)
	}))
	got := run(t, env, "list")
	if got.code != exitOK || !strings.Contains(got.out, "node-20-agents") {
		t.Errorf("code %d, stderr %q\n%s", got.code, got.err, got.out)
	}
}

// A failed list does not wait for the region names.
func TestFailedListCancelsTheRegions(t *testing.T) {
	t.Parallel()
	asked := make(chan struct{})
	env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/regions" {
			close(asked)
			<-r.Context().Done()
			return
		}
		<-asked
		http.Error(w, `{"statusCode":500,"message":"broken"}`, http.StatusInternalServerError)
	}))
	started := time.Now()
	got := run(t, env, "list")
	if got.code == exitOK || !strings.Contains(got.err, "broken") {
		t.Errorf("code %d, stderr %q", got.code, got.err)
	}
	if took := time.Since(started); took >= contextTimeout {
		t.Errorf("it took %s", took)
	}
}

func TestListReportsInvalidItems(t *testing.T) {
	t.Parallel()
	env := serveAPI(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"items":[{"id":"1","name":"good","state":"active"},{"name":"bad"}],"total":2}`))
	}))
	got := run(t, env, "list", "-o", "name")
	if got.code != exitPartial || got.out != "good\n" || !strings.Contains(got.err, "invalid items skipped: 1 (item 2: snapshot has no id)") {
		t.Errorf("code %d, %q, %q", got.code, got.out, got.err)
	}
}
