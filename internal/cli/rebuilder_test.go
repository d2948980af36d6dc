package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"daytona/snapdeck/client"
	"daytona/snapdeck/client/demo"
	"daytona/snapdeck/client/rebuild"
	"daytona/snapdeck/model"
	"daytona/snapdeck/ui"
)

// built and pulled are snapshots of every demo world that can be rebuilt.
const (
	built  = "spring-petclinic"
	pulled = "node-24-agents"
)

// bench is a demo server and a rebuilder for it, with a journal where the program has
// its own.
type bench struct {
	*rebuilder
	t      *testing.T
	home   string
	server *httptest.Server
	now    func() time.Time // of the server
	bare   atomic.Bool      // the organization has no snapshot
	change []func(*rebuilder)
}

func newBench(t *testing.T, secret string, change ...func(*rebuilder)) *bench {
	t.Helper()
	clock := newTestClock() // it moves when somebody waits
	b := &bench{t: t, home: t.TempDir(), now: clock.Now}
	change = append(change, func(r *rebuilder) { r.base.Now, r.base.Sleep = clock.Now, clock.Sleep })
	b.change = change
	b.serve(secret)
	return b
}

// newFastBench has a server whose clock is a multiple of ours, for what has no
// other clock than the real one.
func newFastBench(t *testing.T, secret string) *bench {
	t.Helper()
	began := time.Now()
	b := &bench{t: t, home: t.TempDir(), now: func() time.Time { return began.Add(60 * time.Since(began)) }}
	b.serve(secret)
	return b
}

func (b *bench) serve(secret string) {
	b.t.Helper()
	world := demo.New(demo.Options{Now: b.now})
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.bare.Load() && r.Method == http.MethodGet && r.URL.Path == "/api/snapshots" {
			_, _ = io.WriteString(w, `{"items": [], "total": 0, "page": 1, "totalPages": 0}`)
			return
		}
		world.ServeHTTP(w, r)
	}))
	b.t.Cleanup(b.server.Close)
	b.rebuilder = b.to(b.server.URL+"/api", secret)
}

// folder is that of the journal.
func (b *bench) folder() string { return state{dir: filepath.Join(b.home, "state")}.rebuilds() }

// to is a rebuilder of the same journal for a server.
func (b *bench) to(url, secret string) *rebuilder {
	b.t.Helper()
	credentials := client.Credentials{APIURL: url, Secret: secret}
	if secret == demo.JWT {
		credentials.JWT, credentials.OrganizationID = true, demo.OrganizationID
	}
	api, err := client.New(client.Options{Credentials: credentials})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(api.Close)
	r := newRebuilder(api, b.folder(), time.Now, false)
	for _, c := range b.change {
		c(r)
	}
	return r
}

// request asks for a rebuild with all that the dashboard would know.
func (b *bench) request(name string) ui.RebuildRequest {
	b.t.Helper()
	list, err := b.api.List(b.t.Context(), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	store, _ := model.NewStore().Apply(list.Snapshots)
	i := slices.IndexFunc(list.Snapshots, func(s *model.Snapshot) bool { return s.Name == name })
	if i < 0 {
		b.t.Fatalf("there is no %s", name)
	}
	regions, err := b.api.Regions(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return ui.RebuildRequest{Snapshot: list.Snapshots[i], Now: b.now(), Store: store, Regions: regions}
}

// cut begins a rebuild and stops it as if the program had ended, right after the
// server has answered the call.
func (b *bench) cut(name, call string, verifyFirst bool) {
	b.t.Helper()
	q := b.request(name)
	q.VerifyFirst = verifyFirst
	ctx, cancel := context.WithCancel(b.t.Context())
	defer cancel()
	result := b.Run(ctx, b.Plan(q), func(step ui.RebuildStep) {
		if strings.HasPrefix(step.Request, call) {
			cancel()
		}
	})
	if !result.Kept || !errors.Is(ctx.Err(), context.Canceled) {
		b.t.Fatalf("cut after %s: %+v", call, result)
	}
}

func TestPlanIsTheWorkflows(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	plan := b.Plan(q)
	id := q.Snapshot.ID
	var calls, losses []string
	for _, call := range plan.Calls {
		calls = append(calls, call.Request)
	}
	for _, loss := range plan.Losses {
		losses = append(losses, fmt.Sprint(loss.Warning, " ", loss.Text))
	}
	if want := []string{"DELETE /snapshots/" + id, "GET /snapshots/" + id, "POST /snapshots"}; !slices.Equal(calls, want) {
		t.Errorf("calls %q, want %q", calls, want)
	}
	if len(plan.Refusals) > 0 || !slices.Contains(losses, "true region eu is lost: the API creates in one region") || !slices.Contains(losses, "false it gets a new id and a new time of creation") {
		t.Errorf("refusals %q, losses %q", plan.Refusals, losses)
	}
	q.VerifyFirst = true
	if plan := b.Plan(q); len(plan.Calls) != 6 || len(plan.Refusals) > 0 {
		t.Errorf("verify first: %+v", plan)
	}
	edited := "FROM scratch\n"
	q.Dockerfile = &edited
	if plan := b.Plan(q); !strings.Contains(plan.Calls[0].Text, "edited") {
		t.Errorf("edited: %+v", plan.Calls)
	}
	q = b.request("daytona-small")
	if plan := b.Plan(q); len(plan.Refusals) == 0 {
		t.Error("a general snapshot can be rebuilt")
	}
	q = b.request(pulled)
	q.VerifyFirst, q.Store = true, nil
	if plan := b.Plan(q); len(plan.Refusals) != 1 {
		t.Errorf("verify first of an image: %q", plan.Refusals)
	}
}

func TestRebuildTellsItsSteps(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newBench(t, secret)
		q := b.request(built)
		var steps []ui.RebuildStep
		result := b.Run(t.Context(), b.Plan(q), func(step ui.RebuildStep) {
			if last := len(steps) - 1; last >= 0 && steps[last].Name == step.Name {
				steps[last] = step
				return
			}
			steps = append(steps, step)
		})
		if !result.Rebuilt || result.Kept || result.Untouched || result.Err != nil || result.NewID == "" || result.NewID == q.Snapshot.ID {
			t.Fatalf("%+v", result)
		}
		var names []string
		for _, step := range steps {
			names = append(names, step.Name)
			if !step.Done || step.Failed {
				t.Errorf("%+v", step)
			}
		}
		if want := []string{"checking", "saving the recipe", "deleting", "waiting for the name", "creating", "waiting until active"}; !slices.Equal(names, want) {
			t.Errorf("steps %q, want %q", names, want)
		}
		if remove, create := steps[2], steps[4]; remove.Detail != "accepted" || remove.SnapshotID != q.Snapshot.ID || create.SnapshotID != result.NewID {
			t.Errorf("delete %+v, create %+v", remove, create)
		}
		if left := b.left(""); left != nil {
			t.Errorf("left: %v", left)
		}
	}
}

// Each answer is told once, and a step keeps what was last heard of it.
func TestStepper(t *testing.T) {
	t.Parallel()
	var got []ui.RebuildStep
	hear := stepper(func(step ui.RebuildStep) { got = append(got, step) })
	for _, e := range []rebuild.Event{
		{Step: "save recipe", Phase: rebuild.Begun},
		{Step: "save recipe", Phase: rebuild.Done, Detail: "the old Dockerfile is kept"},
		{Step: "delete", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "delete", Phase: rebuild.Going, Call: "DELETE /snapshots/1", Took: time.Second, Detail: "403", Err: errors.New("403")},
		{Step: "delete", Phase: rebuild.Going, Call: "DELETE /snapshots/1", Detail: "accepted"},
		{Step: "delete", Phase: rebuild.Done},
		{Step: "wait", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "wait", Phase: rebuild.Going, Detail: "removing", Elapsed: time.Second},
		{Step: "wait", Phase: rebuild.Going, Elapsed: 2 * time.Second},
		{Step: "wait", Phase: rebuild.Failed, Detail: "it is back"},
		{Step: "wait", Phase: rebuild.Begun, SnapshotID: "1"},
		{Step: "wait", Phase: rebuild.Done},
		{Step: "create", Phase: rebuild.Begun},
		{Step: "create", Phase: rebuild.Done},
	} {
		hear(e)
	}
	want := []ui.RebuildStep{
		{Name: "saving the recipe"},
		{Name: "saving the recipe", Done: true, Detail: "the old Dockerfile is kept", Saved: true},
		{Name: "deleting", SnapshotID: "1"},
		{Name: "deleting", SnapshotID: "1", Request: "DELETE /snapshots/1", Took: time.Second, Detail: "403", Refused: true},
		{Name: "deleting", SnapshotID: "1", Request: "DELETE /snapshots/1", Detail: "accepted"},
		{Name: "deleting", SnapshotID: "1", Done: true, Detail: "accepted"},
		{Name: "waiting for the name", SnapshotID: "1"},
		{Name: "waiting for the name", SnapshotID: "1", Detail: "removing", Elapsed: time.Second},
		{Name: "waiting for the name", SnapshotID: "1", Detail: "removing", Elapsed: 2 * time.Second},
		{Name: "waiting for the name", SnapshotID: "1", Failed: true, Detail: "it is back"},
		{Name: "waiting for the name", SnapshotID: "1"},
		{Name: "waiting for the name", SnapshotID: "1", Done: true, Gone: true},
		{Name: "creating"},
		{Name: "creating", Done: true},
	}
	for i := range want[1 : len(want)-1] { // the entry goes when the create is accepted
		want[i+1].Saved = true
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// The recipe of a verified rebuild is kept until its candidate is gone.
func TestWhileTheRecipeIsSaved(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		mode rebuild.Mode
		want string // a letter for each step at its end: s is saved
	}{{rebuild.InPlace, "-sss--"}, {rebuild.VerifyFirst, "-sssssss"}} {
		got, last := "", ui.RebuildStep{}
		hear := stepper(func(step ui.RebuildStep) { last = step })
		for _, step := range tc.mode.Steps() {
			hear(rebuild.Event{Step: step, Phase: rebuild.Begun})
			if step == rebuild.StepSave && last.Saved {
				t.Error("said to be saved before it is")
			}
			hear(rebuild.Event{Step: step, Phase: rebuild.Done})
			got += map[bool]string{true: "s", false: "-"}[last.Saved]
		}
		if got != tc.want {
			t.Errorf("%s: %s, want %s", tc.mode, got, tc.want)
		}
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	made := &model.Snapshot{ID: "2"}
	wrong := errors.New("one\nline")
	for _, tc := range []struct {
		result rebuild.Result
		err    error
		want   ui.RebuildResult
	}{
		{rebuild.Result{Outcome: rebuild.Rebuilt, New: made}, nil, ui.RebuildResult{Rebuilt: true, NewID: "2"}},
		{rebuild.Result{Outcome: rebuild.Rebuilt, New: made, Replaced: "old"}, nil, ui.RebuildResult{Rebuilt: true, NewID: "2", Replaced: "old"}},
		{rebuild.Result{Outcome: rebuild.Untouched}, wrong, ui.RebuildResult{Untouched: true}},
		{rebuild.Result{Outcome: rebuild.Untouched, Entry: "e"}, wrong, ui.RebuildResult{Untouched: true, Kept: true}},
		{rebuild.Result{Outcome: rebuild.Unfinished, Entry: "e"}, wrong, ui.RebuildResult{Kept: true}},
		{rebuild.Result{Outcome: rebuild.BuildFailed, New: made}, wrong, ui.RebuildResult{NewID: "2"}},
		{rebuild.Result{Outcome: rebuild.Accepted, New: made}, wrong, ui.RebuildResult{NewID: "2"}},
	} {
		got := resultOf(tc.result, tc.err)
		if (got.Err == nil) != (tc.err == nil) || got.Err != nil && got.Err.Error() != "one line" {
			t.Errorf("%v: the error is %v", tc.result.Outcome, got.Err)
		}
		got.Err = nil
		if got != tc.want {
			t.Errorf("%v: %+v, want %+v", tc.result.Outcome, got, tc.want)
		}
	}
}

func TestWhatIsLeftIsFinished(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newBench(t, secret)
		b.cut(built, "DELETE", false)
		left := b.left("do it again")
		if left == nil || (&program{running: true}).exitCode(left) != exitUnfinished || left.Error() != "the rebuild of "+built+" is unfinished and its recipe is saved: do it again" {
			t.Errorf("left: %v", left)
		}
		// The next start, which is another process.
		next := b.to(b.api.URL(), secret)
		all, err := next.Unfinished(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != built || all[0].Trouble == "" || all[0].Started.IsZero() {
			t.Fatalf("unfinished: %+v, %v", all, err)
		}
		if result := next.Finish(t.Context(), all[0].ID, func(ui.RebuildStep) {}); !result.Rebuilt || result.Kept {
			t.Errorf("%+v", result)
		}
		if all, err := next.Unfinished(t.Context()); err != nil || len(all) > 0 {
			t.Errorf("still unfinished: %+v, %v", all, err)
		}
		if left := next.left(""); left != nil {
			t.Errorf("left: %v", left)
		}
	}
}

func TestSeveralAreLeft(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	b.cut(pulled, "DELETE", false)
	if left := b.left("again"); left == nil || left.Error() != "2 rebuilds are unfinished and their recipes are saved: again" {
		t.Errorf("left: %v", left)
	}
	// What an earlier run left is not this one's.
	if left := b.to(b.api.URL(), demo.Key).left(""); left != nil {
		t.Errorf("left by a run that did nothing: %v", left)
	}
}

func TestOthersAreNotFinished(t *testing.T) {
	t.Parallel()
	b, other := newBench(t, demo.Key), newBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	elsewhere := b.to(other.api.URL(), demo.Key)
	if all, err := elsewhere.Unfinished(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("another server's: %+v, %v", all, err)
	}
	listed, err := b.base.Journal.List()
	if err != nil || len(listed) != 1 {
		t.Fatal(listed, err)
	}
	result := elsewhere.Finish(t.Context(), listed[0].ID, func(ui.RebuildStep) { t.Error("a step") })
	if !result.Kept || result.Rebuilt || result.Err == nil || !strings.Contains(result.Err.Error(), "another server") {
		t.Errorf("%+v", result)
	}
}

func TestUnfinishedWithoutAServer(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	wrongKey := b.to(b.api.URL(), "wrong") // the server does not say whose it is
	if all, err := wrongKey.Unfinished(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
	listed, _ := b.base.Journal.List()
	if result := wrongKey.Finish(t.Context(), listed[0].ID, nil); !result.Kept || result.Err == nil {
		t.Errorf("%+v", result)
	}
}

// The only snapshot of an organization was deleted for the rebuild: nothing tells the
// organization of the key any more.
func TestOrganizationThatNothingTells(t *testing.T) {
	t.Parallel()
	b := newFastBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	b.bare.Store(true)
	next := b.to(b.api.URL(), demo.Key)
	all, err := next.Unfinished(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("unfinished: %+v, %v", all, err)
	}
	if result := next.Finish(t.Context(), all[0].ID, func(ui.RebuildStep) { t.Error("a step") }); !result.Kept || !strings.Contains(result.Err.Error(), "--organization") {
		t.Errorf("%+v", result)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--finish", "--yes"); got.code != 5 || !strings.Contains(got.err, "--organization; the rebuild belongs to "+demo.OrganizationID) {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--finish", "--yes", "--organization", "another"); got.code != 5 || !strings.Contains(got.err, "another organization") {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--finish", "--yes", "--organization", demo.OrganizationID); got.code != 0 || len(b.entries()) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestUnknownVersionIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	file := filepath.Join(b.folder(), "0123456789ab.json")
	if err := os.WriteFile(file, []byte(`{"format": "snapdeck rebuild", "version": 9, "content": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := b.Unfinished(t.Context()); !errors.Is(err, errUnreadable) {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
	b.cut(built, "DELETE", false)
	if all, err := b.Unfinished(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
}

// What cannot be saved is refused before anything is sent.
func TestNoJournal(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	file := filepath.Join(b.folder(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRebuilder(b.api, filepath.Join(file, "rebuilds"), time.Now, false)
	plan := r.Plan(q)
	if len(plan.Refusals) != 1 || !strings.Contains(plan.Refusals[0], "cannot be saved") {
		t.Errorf("refusals %q", plan.Refusals)
	}
	if result := r.Run(t.Context(), plan, nil); !result.Untouched || result.Err == nil {
		t.Errorf("%+v", result)
	}
	if result := r.Finish(t.Context(), "x", nil); result.Err == nil {
		t.Errorf("%+v", result)
	}
	if _, err := r.Unfinished(t.Context()); err == nil {
		t.Error("a journal that is not there can be read")
	}
	if left := r.left(""); left != nil {
		t.Errorf("left: %v", left)
	}
}

// A journal that breaks after the plan was made stops the rebuild before the delete.
func TestJournalBreaks(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	q := b.request(built)
	plan := b.Plan(q)
	if err := os.RemoveAll(b.folder()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.folder(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	result := b.Run(t.Context(), plan, func(step ui.RebuildStep) {
		if step.Request != "" {
			t.Errorf("sent %s", step.Request)
		}
	})
	if !result.Untouched || result.Err == nil {
		t.Errorf("%+v", result)
	}
	if s, err := b.api.Get(t.Context(), q.Snapshot.ID); err != nil || s.State != model.StateActive {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestRefusedRebuilds(t *testing.T) {
	t.Parallel()
	nothing := func(ui.RebuildStep) { t.Error("a step") }
	b := newBench(t, demo.Key, func(r *rebuilder) { r.readOnly = true })
	plan := b.Plan(b.request(built))
	if result := b.Run(t.Context(), plan, nothing); !result.Untouched || !errors.Is(result.Err, errReadOnly) {
		t.Errorf("read-only: %+v", result)
	}
	if result := b.Finish(t.Context(), "x", nothing); !errors.Is(result.Err, errReadOnly) {
		t.Errorf("read-only: %+v", result)
	}
	b.readOnly = false
	if result := b.Run(t.Context(), ui.RebuildPlan{}, nothing); !result.Untouched || !errors.Is(result.Err, errNotOurs) {
		t.Errorf("a plan of nobody: %+v", result)
	}
	if result := b.Finish(t.Context(), "0123456789ab", nothing); result.Err == nil || result.Rebuilt {
		t.Errorf("an entry that is not there: %+v", result)
	}
	b.underway.settle(0)
	if result := b.Run(t.Context(), plan, nothing); !result.Untouched || !errors.Is(result.Err, errEnding) {
		t.Errorf("after the end: %+v", result)
	}
	if result := b.Finish(t.Context(), "x", nothing); !errors.Is(result.Err, errEnding) {
		t.Errorf("after the end: %+v", result)
	}
}
