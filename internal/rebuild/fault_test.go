package rebuild_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// callFault is what can go wrong with a call.
type callFault struct {
	name string
	when phase // before or after the server acts
	err  func() error
}

func answers(code model.ErrorCode, status int) func() error {
	return func() error {
		err := fault(code, status, "failed")
		if code == model.RateLimited {
			err.RetryAfter = 30 * time.Second
		}
		err.Sent = status > 0
		return err
	}
}

func callFaults() []callFault {
	return []callFault{
		{"no connection", before, answers(model.Network, 0)},
		{"answer lost", after, answers(model.Network, 0)},
		{"timeout", after, func() error { return context.DeadlineExceeded }},
		{"500", before, answers(model.ServerError, 500)},
		{"500 but done", after, answers(model.ServerError, 500)},
		{"HTML", before, answers(model.NotTheAPI, 200)},
		{"cut body", after, answers(model.TooLarge, 200)},
		{"400", before, answers(model.Invalid, 400)},
		{"401", before, answers(model.Unauthorized, 401)},
		{"403", before, answers(model.Forbidden, 403)},
		{"404", before, answers(model.NotFound, 404)},
		{"409", before, answers(model.Conflict, 409)},
		{"429", before, answers(model.RateLimited, 429)},
	}
}

// calls lists the kinds of calls of a rebuild without faults.
func calls(t *testing.T, mode model.RebuildMode) []string {
	t.Helper()
	var all []string
	seen := map[string]bool{}
	w := newWorld(t, agents())
	w.at = func(m moment) error {
		if key := m.call + " " + m.what; m.call != "disk" && !seen[key] {
			seen[key] = true
			all = append(all, key)
		}
		return nil
	}
	if _, err := w.run(mode); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFaults combines every kind of call with every fault: the first time only, the
// third time only, and every time. Then the faults end and the rebuild is resumed.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			var table matrix
			for _, call := range calls(t, mode) {
				for _, fault := range callFaults() {
					for _, from := range []int{1, 3} {
						if testing.Short() && from > 1 {
							continue
						}
						for _, times := range []int{1, 1 << 30} {
							outcome := rebuildWithFault(t, mode, call, fault, from, times)
							table.add(fault.name, call, outcome)
							if t.Failed() {
								t.Fatalf("%s meets %s, from %d, %d times: %s", call, fault.name, from, times, outcome)
							}
						}
					}
				}
			}
			table.print(t, string(mode)+": fault x call (first or third time, once or always) -> outcome, then that of the resumed run")
		})
	}
}

// rebuildWithFault runs one rebuild in which a call has a fault.
func rebuildWithFault(t *testing.T, mode model.RebuildMode, call string, fault callFault, from, times int) string {
	t.Helper()
	w := newWorld(t, agents())
	met := 0
	w.at = func(m moment) error {
		if m.when != fault.when || m.call+" "+m.what != call {
			return nil
		}
		if met++; met < from || met >= from+times {
			return nil
		}
		return fault.err()
	}
	result, err := w.run(mode)
	if done := result.Outcome == model.OutcomeRebuilt && result.Entry == ""; done != (err == nil) {
		t.Errorf("%+v with %v", result, err)
	}
	outcome := string(result.Outcome)
	w.at = nil
	_ = w.clock.Sleep(t.Context(), time.Minute)
	if result.Entry != "" {
		finished, err := w.resume()
		outcome += ", then " + string(finished.Outcome)
		if err != nil && finished.Outcome != model.OutcomeUntouched {
			t.Errorf("resume: %+v, %v", finished, err)
		}
	}
	which := w.wantWhole()
	if which == "old" && result.Accepted() {
		t.Errorf("accepted, but it is the old one")
	}
	return outcome
}

// TestCreateArrivesLate loses the answer to a create that reaches the server after the
// look-up by name. The second create gets a 409 and finds the snapshot.
func TestCreateArrivesLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.InPlace)
	posts, looks := 0, 0
	w.at = func(m moment) error {
		switch {
		case m.call == "POST" && m.when == before:
			if posts++; posts == 1 {
				return answers(model.Network, 0)()
			}
		case m.call == "GET" && m.what == "name" && m.when == after:
			if looks++; looks == 1 {
				if _, err := w.server.Create(t.Context(), p.Recipe); err != nil {
					t.Error(err)
				}
			}
		case m.call == "DELETE" && m.what != "old":
			t.Errorf("%s", m)
		}
		return nil
	}
	result, err := w.workflow().Run(t.Context(), p, w.record)
	if err != nil || posts != 2 || looks != 2 {
		t.Errorf("%+v, %v after %d creates and %d looks", result, err, posts, looks)
	}
	w.wantWhole()
}

// TestRandomFaults combines faults and crashes at random: nothing is lost.
func TestRandomFaults(t *testing.T) {
	t.Parallel()
	all := callFaults()
	rapid.Check(t, func(rt *rapid.T) {
		mode := rapid.SampledFrom(modes()).Draw(rt, "mode")
		w := newWorld(t, agents())
		disturb := func(w *world) {
			// At each moment, rarely, a fault or a crash.
			chance := rapid.SampledFrom([]int{3, 8, 20}).Draw(rt, "one in")
			left := 30
			w.at = func(m moment) error {
				if left == 0 || rapid.IntRange(1, chance).Draw(rt, m.String()) > 1 {
					return nil
				}
				left--
				if m.call == "disk" {
					return w.die()
				}
				if rapid.IntRange(0, 9).Draw(rt, "crash") == 0 {
					return w.die()
				}
				for {
					if fault := rapid.SampledFrom(all).Draw(rt, "fault"); fault.when == m.when {
						return fault.err()
					}
				}
			}
		}
		disturb(w)
		_, _ = w.run(mode) // any outcome
		for range rapid.IntRange(0, 3).Draw(rt, "restarts") {
			w = w.next(rapid.SampledFrom(durabletest.Crashes()).Draw(rt, "crash"))
			disturb(w)
			_, _ = w.resume()
		}
		w = w.next(durabletest.Killed)
		_ = w.clock.Sleep(t.Context(), time.Minute)
		for range 2 { // a reverted delete abandons the rebuild
			if _, err := w.resume(); err == nil {
				break
			}
		}
		w.wantWhole()
		if t.Failed() {
			rt.Fatalf("see above")
		}
	})
}

// TestTwoDashboards rebuilds the same snapshot from two dashboards with one journal,
// and from two machines with a journal each.
func TestTwoDashboards(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w := newWorld(t, agents())
		var second error
		w.at = func(m moment) error {
			if m.call == "DELETE" && m.what == "old" && m.when == before {
				at := w.at
				w.at = nil
				_, second = w.workflow().Run(t.Context(), w.plan(mode), nil)
				w.at = at
			}
			return nil
		}
		if result, err := w.run(mode); err != nil {
			t.Errorf("%s: first: %+v, %v", mode, result, err)
		}
		if !errors.Is(second, rebuild.ErrInUse) {
			t.Errorf("%s: second: %v", mode, second)
		}
		w.wantWhole()
	}
	// The journals do not know each other: both delete, one creates, the other
	// finds what it wanted to create.
	for n := 1; n < 40; n++ {
		w := newWorld(t, agents())
		w.othersAct = true
		p := w.plan(model.InPlace)
		var (
			second error
			result model.RebuildResult
		)
		w.at = func(m moment) error {
			if m.n == n && m.call != "disk" {
				w.at = nil
				other := &world{t: t, clock: w.clock, server: w.server, disk: new(durabletest.Disk), dir: tempDir(t), old: w.old, othersAct: true}
				other.hookDisk()
				result, second = other.workflow().Run(t.Context(), p, nil)
				if result.Accepted() != (second == nil) {
					t.Errorf("%d: second: %+v, %v", n, result, second)
				}
			}
			return nil
		}
		if first, err := w.workflow().Run(t.Context(), p, nil); err != nil && second != nil {
			t.Errorf("%d: %+v, %v and %v", n, first, err, second)
		}
		w.at = nil
		w.wantWhole()
	}
}

// TestUnfinishedRefusesAnother refuses a rebuild while the snapshot or its name has an
// unfinished one.
func TestUnfinishedRefusesAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.server.keepRemoved = true
	left, err := w.run(model.InPlace)
	if !errors.Is(err, rebuild.ErrStillRemoving) {
		t.Fatal(err)
	}
	to := func(url string) func(*rebuild.Options) {
		return func(o *rebuild.Options) { o.Target = rebuild.Target{APIURL: url, OrganizationID: organization} }
	}
	w.server.set(w.old.ID, func(r *row) { r.state, r.due = model.StateActive, time.Time{} })
	if _, err := w.workflow(to(apiURL+"/")).Run(t.Context(), w.plan(model.InPlace), nil); !errors.Is(err, rebuild.ErrUnfinished) {
		t.Errorf("the same snapshot: %v", err)
	}
	elsewhere := w.workflow(to("http://127.0.0.1:3000/api"))
	result, err := elsewhere.Run(t.Context(), w.plan(model.InPlace), nil)
	if !errors.Is(err, rebuild.ErrStillRemoving) || result.Entry == left.Entry {
		t.Errorf("the same one of another server: %+v, %v", result, err)
	}
	if err := w.journal().Discard(result.Entry); err != nil {
		t.Fatal(err)
	}
	w.server.mu.Lock()
	delete(w.server.rows, w.old.ID)
	w.server.mu.Unlock()
	again := w.server.add(agents()).snapshot() // created by hand
	w.old = again
	if result, err := w.run(model.InPlace); !errors.Is(err, rebuild.ErrUnfinished) || result.Outcome != model.OutcomeUntouched {
		t.Errorf("a new rebuild: %+v, %v", result, err)
	}
	// The unfinished one finds a snapshot made from its recipe.
	if result, err := w.workflow().Resume(t.Context(), left.Entry, nil); err != nil || result.New.ID != again.ID {
		t.Errorf("resume: %+v, %v", result, err)
	}
	w.wantWhole()
}

// TestEntryIsNotReplaced refuses a rebuild of an existing snapshot that has an entry of
// a crashed run.
func TestEntryIsNotReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.on("DELETE", "", "", w.die)
	if _, err := w.run(model.InPlace); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.Killed)
	before := w.disk.FilesAfter(w.dir, durabletest.Killed)
	for _, mode := range modes() {
		if result, err := w.run(mode); !errors.Is(err, rebuild.ErrUnfinished) || result.Outcome != model.OutcomeUntouched {
			t.Errorf("%s: %+v, %v", mode, result, err)
		}
	}
	if after := w.disk.FilesAfter(w.dir, durabletest.Killed); !reflect.DeepEqual(before, after) {
		t.Error("the entry was changed")
	}
	if _, err := w.resume(); err != nil {
		t.Error(err)
	}
	w.wantWhole()
}

// TestManyRebuilds rebuilds many snapshots at once with one journal.
func TestManyRebuilds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, manyAtOnce)
}

func manyAtOnce(t *testing.T) {
	w := newWorld(t, row{})
	w.clock.bubble = true
	work := w.workflow()
	const many = 40
	var all sync.WaitGroup
	for n := range many {
		r := agents()
		r.name = fmt.Sprintf("many-%02d", n)
		r.dockerfile += fmt.Sprintf("# %d\n", n)
		old := w.server.add(r).snapshot()
		p := rebuild.Preflight(model.RebuildRequest{Snapshot: old, Mode: modes()[n%2], Now: w.clock.Now()})
		all.Go(func() {
			if result, err := work.Run(t.Context(), p, w.record); err != nil {
				t.Errorf("%+v, %v", result, err)
			}
		})
	}
	all.Wait()
	w.wantNoEntry()
	if rows := w.server.named("many-"); len(rows) != many {
		t.Errorf("the server has %d", len(rows))
	}
	for name, n := range w.server.creates {
		if n != 1 {
			t.Errorf("%s was created %d times", name, n)
		}
	}
}
