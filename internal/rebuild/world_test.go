package rebuild_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// moment is a point of a workflow at which something can go wrong: a call, before or
// after the server acts, or the end of a disk operation.
type moment struct {
	n    int
	call string // "GET", "POST", "DELETE", "GET regions", "GET access", "GET quota", or "disk"
	what string // an id, a name or a disk operation
	when phase
}

type phase string

const (
	before phase = "before the server acts"
	after  phase = "after the server acted"
)

func (m moment) String() string {
	if m.call == "disk" {
		return "disk " + m.what
	}
	return fmt.Sprintf("%s %s, %s", m.call, m.what, m.when)
}

// world is a server, a disk and a clock, with a hook at every moment. The invariant is
// checked at every moment.
type world struct {
	t      *testing.T
	clock  *clock
	server *server
	disk   *durabletest.Disk
	dir    string
	old    *model.Snapshot
	edited string // the edited Dockerfile, "" for none
	events []model.RebuildEvent

	mu        sync.Mutex
	n         int
	dead      bool
	othersAct bool                     // others delete and create, too: no invariant
	entries   map[string]rebuild.Entry // parsed files, by their content

	// at is called at every moment. The caller gets its error.
	at func(moment) error
}

var errDead = errors.New("the machine is off")

// tempDir returns a directory for one world, in memory if the machine has a memory disk:
// thousands are created.
func tempDir(t *testing.T) string {
	t.Helper()
	path, err := os.MkdirTemp("/dev/shm", "snapdeck-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(path) })
	return path
}

func newWorld(t *testing.T, old row) *world {
	t.Helper()
	w := &world{t: t, clock: newClock(), dir: tempDir(t), disk: new(durabletest.Disk)}
	w.server = newServer(w.clock)
	w.hookDisk()
	if old.name != "" {
		w.old = w.server.add(old).snapshot()
	}
	return w
}

// next returns the world after a crash: the same server, on its own clock, and the
// files that the crash left.
func (w *world) next(how durabletest.Crash) *world {
	w.t.Helper()
	c := &clock{now: w.clock.Now().Add(5 * time.Second)}
	n := &world{
		t: w.t, clock: c, server: w.server.clone(c), disk: new(durabletest.Disk),
		dir: tempDir(w.t), old: w.old, edited: w.edited,
	}
	n.hookDisk()
	if err := n.disk.Restore(n.dir, w.disk.FilesAfter(w.dir, how)); err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) hookDisk() {
	w.disk.Before = func(durabletest.Op) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.dead {
			return errDead
		}
		return nil
	}
	w.disk.After = func(op durabletest.Op) {
		_ = w.moment("disk", op.Name, after)
	}
}

// moment counts, checks the invariant and calls the hook.
func (w *world) moment(call, what string, when phase) error {
	w.mu.Lock()
	if w.dead {
		w.mu.Unlock()
		return errDead
	}
	w.n++
	m := moment{n: w.n, call: call, what: what, when: when}
	w.mu.Unlock()
	if m.n > 10_000 {
		panic("it goes round and round: " + m.String())
	}
	w.checkInvariant(m)
	if w.at == nil {
		return nil
	}
	return w.at(m)
}

// on hooks the moments of a call, an object and a phase; "" is any.
func (w *world) on(call, what string, when phase, then func() error) {
	w.at = func(m moment) error {
		if (call == "" || m.call == call) && (what == "" || m.what == what) && (when == "" || m.when == when) {
			return then()
		}
		return nil
	}
}

// die stops the machine: from now on it neither calls nor writes.
func (w *world) die() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead = true
	return errDead
}

func (w *world) Get(ctx context.Context, id string) (*model.Snapshot, error) {
	return through(w, "GET", w.label(id), func() (*model.Snapshot, error) { return w.server.Get(ctx, id) })
}

func (w *world) Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	return through(w, "POST", w.createLabel(recipe.Name), func() (*model.Snapshot, error) { return w.server.Create(ctx, recipe) })
}

// Delete checks the disk first: without an entry that survives a power cut no delete
// may be sent.
func (w *world) Delete(ctx context.Context, id string) error {
	w.server.mu.Lock()
	name := w.server.rows[id].name
	w.server.mu.Unlock()
	for _, how := range durabletest.Crashes() {
		if !w.recipeSurvives(how, id, name) {
			w.t.Errorf("DELETE %s (%s) without an entry that survives a %s", id, name, how)
		}
	}
	_, err := through(w, "DELETE", w.label(id), func() (struct{}, error) { return struct{}{}, w.server.Delete(ctx, id) })
	return err
}

func (w *world) Regions(ctx context.Context) ([]model.Region, error) {
	return through(w, "GET", "regions", func() ([]model.Region, error) { return w.server.Regions(ctx) })
}

func (w *world) Quota(ctx context.Context) (model.Quota, error) {
	return through(w, "GET quota", "", func() (model.Quota, error) { return w.server.Quota(ctx) })
}

func (w *world) Access(ctx context.Context) (model.Access, error) {
	return through(w, "GET", "access", func() (model.Access, error) { return w.server.Access(ctx) })
}

func through[T any](w *world, call, what string, act func() (T, error)) (T, error) {
	var none T
	if err := w.moment(call, what, before); err != nil {
		return none, err
	}
	answer, err := act()
	if lost := w.moment(call, what, after); lost != nil {
		return none, lost
	}
	return answer, err
}

// createLabel is what a matrix calls a create: a check while the old snapshot exists.
func (w *world) createLabel(name string) string {
	if w.old != nil && name == w.old.Name && w.oldState() != "" && w.oldState() != model.StateRemoving {
		return "check"
	}
	return w.label(name)
}

// oldState returns the state of the old snapshot, "" if it does not exist.
func (w *world) oldState() model.State {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	return w.server.rows[w.old.ID].state
}

// label is what a matrix calls an id or a name.
func (w *world) label(idOrName string) string {
	w.server.mu.Lock()
	name := idOrName
	if r, ok := w.server.rows[idOrName]; ok {
		name = r.name
	}
	w.server.mu.Unlock()
	switch {
	case w.old == nil:
		return name
	case idOrName == w.old.ID:
		return "old"
	case strings.Contains(name, "-candidate-"):
		return "candidate"
	case idOrName == w.old.Name:
		return "name"
	case name == w.old.Name:
		return "new"
	default:
		return "gone"
	}
}

func (w *world) journal() *rebuild.Journal {
	w.t.Helper()
	dir, err := durable.OpenOn(w.disk, w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	return rebuild.NewJournal(dir)
}

func (w *world) workflow(change ...func(*rebuild.Options)) *rebuild.Workflow {
	w.t.Helper()
	o := rebuild.Options{
		API: w, Journal: w.journal(), Target: rebuild.Target{APIURL: apiURL, OrganizationID: organization},
		ServerCheck: rebuild.NewServerCheck(), Now: w.clock.Now,
		Sleep: func(ctx context.Context, d time.Duration) error {
			w.mu.Lock()
			dead := w.dead
			w.mu.Unlock()
			if dead {
				return errDead
			}
			return w.clock.Sleep(ctx, d)
		},
	}
	for _, c := range change {
		c(&o)
	}
	return rebuild.New(o)
}

func (w *world) plan(mode model.RebuildMode) model.Plan {
	w.t.Helper()
	q := model.RebuildRequest{Snapshot: w.old, Mode: mode, Now: w.clock.Now(), ServerCheck: true, Regions: w.server.regions, Access: w.server.access, Organization: model.Organization{DefaultRegionID: "us"}}
	if w.edited != "" {
		q.Dockerfile = &w.edited
	}
	p := rebuild.Preflight(q)
	if p.Refused() {
		w.t.Fatalf("refused: %v", p.Refusals)
	}
	return p
}

func (w *world) run(mode model.RebuildMode) (model.RebuildResult, error) {
	w.t.Helper()
	return w.workflow().Run(w.t.Context(), w.plan(mode), w.record)
}

func (w *world) record(e model.RebuildEvent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, e)
}

// resume resumes the unfinished rebuild, if there is one.
func (w *world) resume() (model.RebuildResult, error) {
	w.t.Helper()
	all, err := w.journal().List()
	if err != nil {
		w.t.Fatal(err)
	}
	if len(all) == 0 {
		return model.RebuildResult{}, nil
	}
	if len(all) > 1 || all[0].InUse || all[0].Err != nil {
		w.t.Fatalf("left in the journal: %+v", all)
	}
	return w.workflow().Resume(w.t.Context(), all[0].ID, w.record)
}

// wantWhole checks the end: one snapshot with the name, made from the recipe, in the
// right state, no candidate, an empty journal, and no snapshot created twice. It
// returns whether it is the old or the new one.
func (w *world) wantWhole() string {
	w.t.Helper()
	w.wantNoEntry()
	rows := w.server.named(w.old.Name)
	if len(rows) != 1 {
		w.t.Errorf("the server has %+v, want one", rows)
		return "?"
	}
	got := rows[0]
	want, _ := w.old.Dockerfile()
	if body, _, _ := strings.Cut(got.dockerfile, "# snapdeck rebuild"); body != want && (w.edited == "" || body != w.edited) || got.image != w.old.ImageName.Value {
		w.t.Errorf("made from %q %q, want %q", got.dockerfile, got.image, want)
	}
	if got.cpu != w.old.CPU.Value || got.mem != w.old.Mem.Value || got.disk != w.old.Disk.Value || !slices.Contains(w.old.RegionIDs.Value, got.regions[0]) {
		w.t.Errorf("made with %+v", got)
	}
	for name, n := range w.server.creates {
		if n > 1 {
			w.t.Errorf("%s was created %d times", name, n)
		}
	}
	if got.id == w.old.ID {
		if got.state != w.old.State {
			w.t.Errorf("the old snapshot is %s, was %s", got.state, w.old.State)
		}
		return "old"
	}
	return "new"
}

func (w *world) wantNoEntry() {
	w.t.Helper()
	for file := range w.disk.FilesAfter(w.dir, durabletest.Killed) {
		if w.edited != "" && strings.HasSuffix(file, ".Dockerfile") {
			continue // it stays
		}
		w.t.Errorf("left on the disk: %s", file)
	}
	if all, err := w.journal().List(); err != nil || len(all) > 0 {
		w.t.Errorf("left in the journal: %+v, %v", all, err)
	}
}
