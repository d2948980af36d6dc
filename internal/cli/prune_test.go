package cli

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo/demotest"
)

// pruneServer is a server with snapshots that tests can change while prune runs.
type pruneServer struct {
	clock *demotest.Clock
	mu    sync.Mutex
	rows  []map[string]any // in the order of the list
	inUse map[string]bool  // names
	// checking is called before the use of a single snapshot is answered, as just before its
	// delete. It may change the snapshots.
	checking func(name string)
	deleted  []string // names
}

func newPruneServer() *pruneServer {
	return &pruneServer{clock: demotest.NewClock(), inUse: map[string]bool{}}
}

// add adds a snapshot that was created so many days ago and never used.
func (p *pruneServer) add(name, state string, days int) map[string]any {
	row := map[string]any{
		"id": fmt.Sprintf("%08d-0000-4000-8000-000000000000", len(p.rows)), "name": name, "state": state, "general": false, "size": 1.5,
		"organizationId": "org", "imageName": "debian:12", "ref": "r/" + name, "regionIds": []string{"us"}, "lastUsedAt": nil,
		"createdAt": p.clock.Now().AddDate(0, 0, -days).Format(time.RFC3339), "updatedAt": p.clock.Now().AddDate(0, 0, -days).Format(time.RFC3339),
	}
	p.rows = append(p.rows, row)
	return row
}

// find returns the row with an id or a name, nil if there is none.
func (p *pruneServer) find(id string) map[string]any {
	i := slices.IndexFunc(p.rows, func(row map[string]any) bool { return row["id"] == id || row["name"] == id })
	if i < 0 {
		return nil
	}
	return p.rows[i]
}

func (p *pruneServer) remove(name string) {
	p.rows = slices.DeleteFunc(p.rows, func(row map[string]any) bool { return row["name"] == name })
}

func (p *pruneServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	id, one := strings.CutPrefix(r.URL.Path, "/api/snapshots/")
	switch {
	case r.URL.Path == "/api/snapshots":
		p.list(w, r)
	case one && p.find(id) != nil && r.Method == http.MethodDelete:
		p.deleted = append(p.deleted, p.find(id)["name"].(string))
		p.remove(p.find(id)["name"].(string))
	case one && p.find(id) != nil:
		_ = json.NewEncoder(w).Encode(p.find(id))
	case r.URL.Path == "/api/sandbox":
		p.sandboxes(w, r)
	default:
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprint(w, `{"statusCode": 404, "message": "not found"}`)
	}
}

func (p *pruneServer) list(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	from := min((page-1)*limit, len(p.rows))
	_ = json.NewEncoder(w).Encode(map[string]any{
		"items": p.rows[from:min(from+limit, len(p.rows))], "total": len(p.rows), "page": page, "totalPages": (len(p.rows) + limit - 1) / limit,
	})
}

func (p *pruneServer) sandboxes(w http.ResponseWriter, r *http.Request) {
	names := r.URL.Query()["snapshots"]
	if len(names) == 1 && p.checking != nil {
		p.checking(names[0])
	}
	items := []any{}
	for name := range p.inUse {
		if len(names) == 0 || slices.Contains(names, name) {
			items = append(items, map[string]any{"id": "sandbox of " + name, "name": "s", "state": "started", "snapshot": name})
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"items": items, "nextCursor": nil})
}

// prune runs prune with a configuration.
func (p *pruneServer) prune(t *testing.T, config string, args ...string) result {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name, "config.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	env := newEnvironment(t, dir, serveAPI(t, p))
	env.Now, env.Sleep = p.clock.Now, p.clock.Sleep
	return runWith(t, env, append([]string{"prune"}, args...)...)
}

// What has changed since the plan is skipped and reported.
func TestPruneAsksAgainBeforeEachDelete(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		change func(*pruneServer)
		want   string
	}{
		"in use":         {func(p *pruneServer) { p.inUse["a-1.0.0"] = true }, "a-1.0.0: skipped · in use by 1 sandbox"},
		"newest deleted": {func(p *pruneServer) { p.remove("a-1.1.0") }, "a-1.0.0: skipped · the newest of its family was deleted: a-1.1.0"},
		"newest idle":    {func(p *pruneServer) { p.find("a-1.1.0")["state"] = "inactive" }, "a-1.0.0: skipped · the newest of its family is inactive now: a-1.1.0"},
		"unchanged":      {func(*pruneServer) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPruneServer()
			p.add("a-1.0.0", "active", 20)
			p.add("a-1.1.0", "active", 10)
			planned := false
			p.checking = func(string) {
				if planned {
					tc.change(p)
				}
				planned = true
			}
			got := p.prune(t, "", "--keep", "1", "--yes")
			if tc.want == "" {
				if got.code != 0 || !slices.Equal(p.deleted, []string{"a-1.0.0"}) {
					t.Errorf("exit code %d, deleted %v\n%s%s", got.code, p.deleted, got.out, got.err)
				}
				return
			}
			if got.code != exitFailed || !strings.Contains(got.out, tc.want) || len(p.deleted) > 0 {
				t.Errorf("exit code %d, deleted %v\n%s%s", got.code, p.deleted, got.out, got.err)
			}
		})
	}
}

func TestPruneRefusesAShortList(t *testing.T) {
	t.Parallel()
	p := newPruneServer()
	p.add("a-1.0.0", "active", 20)
	p.add("a-1.1.0", "active", 10)
	p.add("", "active", 10)["id"] = 7 // cannot be read
	if got := p.prune(t, "", "--keep", "1", "--yes"); got.code != exitPartial || len(p.deleted) > 0 || !strings.Contains(got.err, "nothing was changed: the list is incomplete") {
		t.Errorf("exit code %d, deleted %v\n%s%s", got.code, p.deleted, got.out, got.err)
	}
}

// TestPruneOfManyNames generates names of forty families and carries plans out until nothing
// is left to delete.
func TestPruneOfManyNames(t *testing.T) {
	t.Parallel()
	const size = 600 // model/prune tries more, without a server
	random := rand.New(rand.NewPCG(4, 2))
	p := newPruneServer()
	states := []string{"active", "active", "inactive", "error", "building"}
	newest := map[string]string{} // active, of each family
	for i := range size {
		family := fmt.Sprintf("team/app-%d", i%40)
		name := fmt.Sprintf("%s:1.%d.0", family, i)
		state := states[random.IntN(len(states))]
		p.add(name, state, 400-i*300/size)
		if p.inUse[name] = random.IntN(9) == 0; !p.inUse[name] {
			delete(p.inUse, name)
		}
		if state == "active" {
			newest[family] = name
		}
	}
	for round := 0; ; round++ {
		before := len(p.deleted)
		var plan struct{ Go []plannedSnapshot }
		planned := p.prune(t, "protect: ['team/app-3*']\n", "--keep", "2", "--max", "90", "-o", "json")
		if err := json.Unmarshal([]byte(planned.out), &plan); err != nil || planned.code != exitOK || len(p.deleted) != before {
			t.Fatalf("exit code %d, %v\n%s", planned.code, err, planned.err)
		}
		if got := p.prune(t, "protect: ['team/app-3*']\n", "--keep", "2", "--max", "90", "--yes", "-o", "json"); got.code != exitOK {
			t.Fatalf("exit code %d\n%s", got.code, got.err)
		}
		var names []string
		for _, s := range plan.Go {
			names = append(names, s.Name)
		}
		deleted := slices.Clone(p.deleted[before:])
		slices.Sort(names)
		slices.Sort(deleted)
		if !slices.Equal(names, deleted) {
			t.Fatalf("%d planned, %d deleted", len(names), len(deleted))
		}
		if len(names) == 0 {
			break
		}
		if round > 5 {
			t.Fatal("it does not end")
		}
	}
	for _, name := range p.deleted {
		if p.inUse[name] || strings.HasPrefix(name, "team/app-3") {
			t.Errorf("%s was deleted", name)
		}
	}
	for _, name := range newest {
		if p.find(name) == nil {
			t.Errorf("%s was the newest active one", name)
		}
	}
	if len(p.deleted) < size/4 {
		t.Errorf("%d deleted", len(p.deleted))
	}
}
