package cli

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
)

func TestListTellsWhenSnapshotsSleep(t *testing.T) {
	t.Parallel()
	env := serve(t, demo.Options{Size: 30})
	assumed := regexp.MustCompile(`~\d+d`)
	if got := run(t, env, "list"); got.code != exitOK || !assumed.MatchString(got.out) {
		t.Errorf("an API key cannot know the timeout, which is not said: code %d\n%s", got.code, got.out)
	}
	env["DAYTONA_JWT_TOKEN"], env["DAYTONA_ORGANIZATION_ID"] = demo.JWT, demo.OrganizationID
	delete(env, "DAYTONA_API_KEY")
	if got := run(t, env, "list"); got.code != exitOK || assumed.MatchString(got.out) {
		t.Errorf("a JWT can ask for the timeout: code %d\n%s", got.code, got.out)
	}
}

// TestListAsksForNoMoreThanItNeeds counts requests: the organization's limit pays
// for them.
func TestListAsksForNoMoreThanItNeeds(t *testing.T) {
	t.Parallel()
	var asked []string
	world := demo.New(demo.Options{Size: 30, Now: newTestClock().Now})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, strings.TrimPrefix(r.URL.Path, "/api"))
		world.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	env := map[string]string{"DAYTONA_API_URL": s.URL + "/api", "DAYTONA_API_KEY": demo.Key}
	for args, want := range map[string]string{
		"list -o name":              "/snapshots",
		"list -o json":              "/snapshots",
		"list -o csv state:failed":  "/snapshots /regions",
		"list":                      "/snapshots /regions",
		"list --sort nonsense":      "",
		"list used:>nonsense":       "",
		"wait node-20-agents":       "/snapshots/node-20-agents",
		"wait nothing --for gone":   "/snapshots/nothing",
		"wait node-20 --for heaven": "",
	} {
		asked = nil
		run(t, env, strings.Fields(args)...)
		if got := strings.Join(asked, " "); got != want {
			t.Errorf("%s asked for %q, want %q", args, got, want)
		}
	}
}

func TestListTellsWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"items":[{"id":"1","name":"good","state":"active"},{"name":"bad"}],"total":2}`))
	}))
	t.Cleanup(s.Close)
	got := run(t, map[string]string{"DAYTONA_API_URL": s.URL + "/api", "DAYTONA_API_KEY": "k"}, "list", "-o", "name")
	if got.code != 0 || got.out != "good\n" || !strings.Contains(got.err, "1 of the items of the list left out: item 2: a snapshot without an id") {
		t.Errorf("code %d, %q, %q", got.code, got.out, got.err)
	}
}
