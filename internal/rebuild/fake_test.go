package rebuild_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// clock stands still until someone sleeps. Several sleepers at once use the clock of a
// synctest bubble instead.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	bubble bool
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 11, 24, 14, 33, 53, 0, time.UTC)}
}

func (c *clock) Now() time.Time {
	if c.bubble {
		return time.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.bubble {
		time.Sleep(d)
		return ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

const (
	organization = "8a108392-77cd-45d7-a325-b25b6784251e"
	apiURL       = "https://app.daytona.io/api"
	buildTime    = 25 * time.Second
)

// row is a snapshot of the fake server.
type row struct {
	id, org, name, image, dockerfile string
	general                          bool
	state                            model.State
	reason                           string
	hashes, regions                  []string
	cpu, mem, disk, gpu              float64
	created, due                     time.Time // due: when a job changes the state
	more                             map[string]any
}

// server is a fake of the API with the lifecycle of the real one: states change at full
// ten seconds, a delete takes two steps, and names are unique.
type server struct {
	clock *clock

	mu      sync.Mutex
	rows    map[string]row // by id
	nextID  int
	creates map[string]int             // accepted creates by name
	decoded map[string]*model.Snapshot // answers of Get, by what is in the row
	access  model.Access
	quota   model.Quota
	regions []model.Region

	// keepRemoved never removes rows; revertTo is the state after a reverted delete.
	keepRemoved bool
	revertTo    model.State
	// lateDeletes are deletes without an answer, by id, and when they are carried out.
	lateDeletes map[string]time.Time
	// deny is the answer to all creates.
	deny error
	// release is that of the API, which checks the name last.
	release string
	// refuse is the answer to a create with the recipe, nil to accept it.
	refuse func(model.Recipe) error
}

func newServer(c *clock) *server {
	return &server{
		clock: c, rows: map[string]row{}, creates: map[string]int{}, release: "0.190.0",
		access:  model.Access{Known: true, Permissions: []string{model.PermissionWrite, model.PermissionDelete}},
		regions: []model.Region{{ID: "us", Name: "us", Type: "shared"}, {ID: "eu-1", Name: "eu", Type: "dedicated"}},
	}
}

// clone returns a server in the same state on another clock.
func (s *server) clone(c *clock) *server {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &server{
		clock: c, rows: maps.Clone(s.rows), nextID: s.nextID, creates: maps.Clone(s.creates),
		access: s.access, quota: s.quota, regions: s.regions, lateDeletes: maps.Clone(s.lateDeletes), keepRemoved: s.keepRemoved, revertTo: s.revertTo, deny: s.deny, refuse: s.refuse, release: s.release,
	}
}

func (s *server) add(r row) row {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	if r.id == "" {
		r.id = fmt.Sprintf("%08d-0000-4000-8000-000000000000", s.nextID)
	}
	r.org, r.created = organization, s.clock.Now()
	if r.state == "" {
		r.state = model.StateActive
	}
	s.rows[r.id] = r
	return r
}

// settle runs the jobs that are due.
func (s *server) settle() {
	now := s.clock.Now()
	for id, at := range s.lateDeletes {
		if r, ok := s.rows[id]; ok && !at.After(now) && r.state != model.StateRemoving {
			r.state, r.due = model.StateRemoving, tick(at)
			s.rows[id] = r
		}
	}
	for id, r := range s.rows {
		if r.due.IsZero() || r.due.After(now) {
			continue
		}
		switch {
		case r.state == model.StateRemoving && s.revertTo != "":
			r.state, r.due = s.revertTo, time.Time{}
		case r.state == model.StateRemoving && s.keepRemoved:
			continue
		case r.state == model.StateRemoving:
			delete(s.rows, id)
			continue
		case strings.Contains(r.dockerfile, "RUN false"):
			r.state, r.reason, r.due = model.StateError, "exit code 1\n\x1b[31mRUN false", time.Time{}
		default:
			r.state, r.due = model.StateActive, time.Time{}
		}
		s.rows[id] = r
	}
}

func tick(t time.Time) time.Time { return t.Truncate(10 * time.Second).Add(10 * time.Second) }

func (s *server) byName(name string) (row, bool) {
	for _, r := range s.rows {
		if r.name == name && !r.general {
			return r, true
		}
	}
	for _, r := range s.rows {
		if r.name == name {
			return r, true
		}
	}
	return row{}, false
}

func (s *server) Get(_ context.Context, idOrName string) (*model.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	r, ok := s.rows[idOrName]
	if !ok {
		r, ok = s.byName(idOrName)
	}
	if !ok {
		return nil, fault(model.NotFound, 404, "Snapshot with name "+idOrName+" not found")
	}
	return s.snapshot(r), nil
}

// snapshot decodes a row once: most polls find it unchanged. A GET by id has another
// order of the regions than a list.
func (s *server) snapshot(r row) *model.Snapshot {
	r.regions = slices.Clone(r.regions)
	slices.Reverse(r.regions)
	key := fmt.Sprint(r)
	if s.decoded[key] == nil {
		if s.decoded == nil {
			s.decoded = map[string]*model.Snapshot{}
		}
		s.decoded[key] = r.snapshot()
	}
	return s.decoded[key]
}

func (s *server) Create(_ context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	if s.deny != nil {
		return nil, s.deny
	}
	if s.refuse != nil {
		if err := s.refuse(recipe); err != nil {
			return nil, err
		}
	}
	if r, ok := s.byName(recipe.Name); ok && !r.general {
		taken := fault(model.Conflict, 409, "already exists for this organization")
		taken.Release = s.release
		return nil, taken
	}
	s.nextID++
	r := row{
		id: fmt.Sprintf("%08d-0000-4000-8000-000000000000", s.nextID), org: organization,
		name: recipe.Name, image: recipe.ImageName, state: model.StatePending,
		cpu: number(recipe.CPU, 1), mem: number(recipe.Memory, 1), disk: number(recipe.Disk, 3), gpu: number(recipe.GPU, 0),
		regions: []string{recipe.RegionID}, created: s.clock.Now(),
		due: tick(s.clock.Now().Add(buildTime)), more: map[string]any{"entrypoint": recipe.Entrypoint},
	}
	if len(recipe.GPUType) > 0 {
		r.more["gpuType"] = recipe.GPUType[0]
	}
	if recipe.RegionID == "" {
		r.regions = []string{"us"}
	}
	if recipe.BuildInfo != nil {
		r.dockerfile, r.hashes = recipe.BuildInfo.DockerfileContent, recipe.BuildInfo.ContextHashes
		r.state = model.StateBuilding
		for _, other := range s.rows {
			if other.dockerfile == r.dockerfile && other.state == model.StateActive {
				r.state, r.due = model.StateActive, time.Time{}
			}
		}
	}
	s.rows[r.id] = r
	s.creates[r.name]++
	return r.snapshot(), nil
}

func number(n *int, otherwise float64) float64 {
	if n == nil {
		return otherwise
	}
	return float64(*n)
}

func (s *server) Delete(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	r, ok := s.rows[id]
	if !ok {
		return fault(model.NotFound, 404, "not found")
	}
	if r.general {
		return fault(model.Forbidden, 403, "You cannot delete a general snapshot")
	}
	if r.state != model.StateRemoving {
		r.state, r.due = model.StateRemoving, tick(s.clock.Now())
		s.rows[id] = r
	}
	return nil
}

func (s *server) Regions(context.Context) ([]model.Region, error) { return s.regions, nil }

func (s *server) Access(context.Context) (model.Access, error) { return s.access, nil }

func (s *server) Quota(context.Context) (model.Quota, error) { return s.quota, nil }

// named returns the rows with a name that begins so, without general ones.
func (s *server) named(prefix string) []row {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	var all []row
	for _, id := range slices.Sorted(maps.Keys(s.rows)) {
		if r := s.rows[id]; strings.HasPrefix(r.name, prefix) && !r.general {
			all = append(all, r)
		}
	}
	return all
}

func (s *server) set(id string, change func(*row)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rows[id]
	change(&r)
	s.rows[id] = r
}

// snapshot is the row as the server sends it.
func (r row) snapshot() *model.Snapshot {
	all := map[string]any{
		"id": r.id, "organizationId": r.org, "general": r.general, "name": r.name, "imageName": r.image,
		"state": r.state, "size": 1.5, "entrypoint": nil, "cpu": r.cpu, "gpu": r.gpu, "mem": r.mem, "disk": r.disk,
		"errorReason": nil, "createdAt": r.created, "updatedAt": r.created, "lastUsedAt": nil,
		"regionIds": r.regions, "initialRunnerId": nil, "ref": nil, "sandboxClass": "container",
	}
	if r.reason != "" {
		all["errorReason"] = r.reason
	}
	if r.dockerfile != "" {
		all["buildInfo"] = map[string]any{
			"dockerfileContent": r.dockerfile, "contextHashes": r.hashes,
			"createdAt": r.created, "updatedAt": r.created, "snapshotRef": "daytona-x:daytona",
		}
		all["entrypoint"] = []string{"sleep", "infinity"}
	}
	maps.Copy(all, r.more)
	raw, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	s, err := model.Decode(raw)
	if err != nil {
		panic(err)
	}
	return s
}

func fault(code model.ErrorCode, status int, message string) *model.Error {
	return &model.Error{Code: code, Status: status, Host: "app.daytona.io", Message: message, Sent: true}
}

const dockerfile = "FROM node:20-slim\nRUN npm ci --omit=dev && echo <ok>\n"

// agents is the snapshot of most tests: made from a Dockerfile, in two regions.
func agents() row {
	return row{
		name: "node-20-agents", dockerfile: dockerfile, hashes: []string{"b2", "a1"},
		regions: []string{"us", "eu-1"}, cpu: 2, mem: 4, disk: 8,
	}
}

// debian is a snapshot made from an image.
func debian() row {
	return row{
		name: "team/debian:12", image: "debian:12.9", regions: []string{"eu-1"}, cpu: 1, mem: 1, disk: 3,
		more: map[string]any{"entrypoint": []string{"/bin/bash", "-l"}},
	}
}

func TestFakeServer(t *testing.T) {
	t.Parallel()
	c := newClock()
	s := newServer(c)
	old := s.add(agents())
	if err := s.Delete(t.Context(), old.id); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context(), old.name); err != nil || got.State != model.StateRemoving {
		t.Errorf("after the delete: %v, %v", got, err)
	}
	if _, err := s.Create(t.Context(), model.Recipe{Name: old.name}); err == nil {
		t.Error("a create took the name of a row that is being removed")
	}
	if err := c.Sleep(t.Context(), 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Get(t.Context(), old.id); err == nil {
		t.Errorf("after the job: %v", got)
	}
}
