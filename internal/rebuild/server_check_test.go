package rebuild_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// posts returns the details of the creates that were sent, the check first.
func (w *world) posts() (details []string) {
	for _, e := range w.events {
		if e.Call == "POST /snapshots" {
			details = append(details, e.Detail)
		}
	}
	return details
}

// answerCheck makes the server answer the check with an error, without acting.
func (w *world) answerCheck(err error) {
	w.at = func(m moment) error {
		if m.call == "POST" && m.what == "check" && m.when == before {
			return err
		}
		return nil
	}
}

// TestServerCheck has the kinds of the 45 measured creates with a name that is taken, and
// the answers that the server gives at other times.
func TestServerCheck(t *testing.T) {
	t.Parallel()
	const active, inactive, failed, buildFailed = model.StateActive, model.StateInactive, model.StateError, model.StateBuildFailed
	invalid := func(message string) *model.Error { return fault(model.Invalid, 400, message) }
	full := invalid("Snapshot quota exceeded. Maximum allowed: 29")
	taken := func(release string) error {
		err := fault(model.Conflict, 409, `Snapshot with name "node-20-agents" already exists for this organization`)
		err.Release = release
		return err
	}
	limited := fault(model.RateLimited, 429, "Too Many Requests")
	limited.RetryAfter = 7 * time.Second
	passed, unknown := "server check passed", "server check not known"
	for name, test := range map[string]struct {
		old    row
		state  model.State
		answer error // nil: the server's own
		reason model.RefusalReason
		detail string
	}{
		"image":                     {old: debian(), state: active, detail: passed},
		"image inactive":            {old: debian(), state: inactive, detail: passed},
		"image error":               {old: debian(), state: failed, detail: passed},
		"image build_failed":        {old: debian(), state: buildFailed, detail: passed},
		"Dockerfile":                {old: agents(), state: active, detail: passed},
		"Dockerfile inactive":       {old: agents(), state: inactive, detail: passed},
		"Dockerfile error":          {old: agents(), state: failed, detail: passed},
		":latest":                   {old: debian(), state: active, answer: invalid(`Images with tag ":latest" are not allowed`), reason: model.ReasonServer},
		"CPU":                       {old: agents(), state: active, answer: invalid("CPU request 99 exceeds maximum allowed per sandbox (8).\nNeed higher"), reason: model.ReasonServer},
		"unknown region":            {old: agents(), state: active, answer: fault(model.NotFound, 404, "Region not found"), reason: model.ReasonServer},
		"no runner":                 {old: agents(), state: active, answer: invalid("No runners are configured in region 'asia' for sandbox class 'container'."), reason: model.ReasonServer},
		"no permission":             {old: agents(), state: active, answer: fault(model.Forbidden, 403, "Access denied"), reason: model.ReasonPermission},
		"GPU":                       {old: agents(), state: active, answer: invalid("No available runners"), reason: model.ReasonServer},
		"region without quota":      {old: agents(), state: active, answer: fault(model.Forbidden, 403, "Region quotar is not available to the organization"), reason: model.ReasonPermission},
		"size":                      {old: agents(), state: active, answer: invalid("Snapshot size (2.76GB) exceeds maximum allowed size of 0GB"), reason: model.ReasonServer},
		"revoked key":               {old: agents(), state: active, answer: fault(model.Unauthorized, 401, "Invalid credentials"), reason: model.ReasonPermission},
		"no such route":             {old: agents(), state: active, answer: fault(model.NotTheAPI, 404, "Cannot POST /api/snapshots"), reason: model.ReasonServer},
		"too long for a proxy":      {old: agents(), state: active, answer: fault(model.Invalid, 413, "Request Entity Too Large"), reason: model.ReasonServer},
		"quota, active":             {old: agents(), state: active, answer: full, detail: unknown},
		"quota, inactive":           {old: agents(), state: inactive, answer: full, reason: model.ReasonQuota},
		"quota, error":              {old: debian(), state: failed, answer: full, reason: model.ReasonQuota},
		"quota, build_failed":       {old: agents(), state: buildFailed, answer: full, reason: model.ReasonQuota},
		"hashes null":               {old: agents(), state: active, answer: fault(model.ServerError, 500, "An unexpected error occurred."), detail: unknown},
		"maintenance":               {old: agents(), state: active, answer: fault(model.ServerError, 503, "maintenance"), detail: unknown},
		"timeout":                   {old: agents(), state: active, answer: context.DeadlineExceeded, detail: unknown},
		"no connection":             {old: agents(), state: active, answer: answers(model.Network, 0)(), detail: unknown},
		"429":                       {old: agents(), state: active, answer: limited, detail: unknown},
		"HTML":                      {old: agents(), state: active, answer: fault(model.NotTheAPI, 200, "HTML page"), detail: unknown},
		"another release":           {old: agents(), state: active, answer: taken("0.205.0"), detail: "server check not known: release 0.205.0 may check the name first"},
		"built from source":         {old: agents(), state: active, answer: taken("0.0.0-dev"), detail: unknown},
		"no release":                {old: agents(), state: active, answer: taken(""), detail: unknown},
		"the release with a prefix": {old: agents(), state: active, answer: taken("v0.190.0"), detail: passed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.old.state = test.state
			w := newWorld(t, test.old)
			if test.answer != nil {
				w.answerCheck(test.answer)
			}
			result, err := w.run(model.InPlace)
			posts := w.posts()
			if test.reason == "" {
				if err != nil || len(posts) != 2 || !strings.HasPrefix(posts[0], test.detail) || w.server.creates[w.old.Name] != 1 {
					t.Errorf("%+v, %v after %q", result, err, posts)
				}
				return
			}
			refused, ok := errors.AsType[*rebuild.RefusedError](err)
			if !ok || len(refused.Refusals) != 1 || refused.Refusals[0].Reason != test.reason || result.Outcome != model.OutcomeUntouched || !result.OldUnchanged() || len(posts) != 1 {
				t.Fatalf("%+v, %v after %q", result, err, posts)
			}
			message := test.answer.(*model.Error).Message //nolint:errorlint,forcetypeassert // the test's own
			if text := refused.Refusals[0].Text; !strings.Contains(text, strings.Join(strings.Fields(message), " ")) || strings.Contains(text, "app.daytona.io") {
				t.Errorf("it says %q", text)
			}
			if w.wantWhole() != "old" {
				t.Error("the old snapshot was touched")
			}
		})
	}
}

// TestServerCheckNotSent lists what is not checked: a recipe that is not that of the old
// snapshot, a check that is off, and a snapshot that is not there.
func TestServerCheckNotSent(t *testing.T) {
	t.Parallel()
	off := func(o *rebuild.Options) { o.ServerCheck = nil }
	for name, test := range map[string]struct {
		mode   model.RebuildMode
		edited string
		change func(*rebuild.Options)
		gone   bool
	}{
		"edited":       {mode: model.InPlace, edited: dockerfile + "RUN true\n"},
		"verify first": {mode: model.VerifyFirst},
		"off":          {mode: model.InPlace, change: off},
		"deleted":      {mode: model.InPlace, gone: true},
	} {
		w := newWorld(t, agents())
		w.edited, w.othersAct = test.edited, true
		gets := 0
		w.at = func(m moment) error {
			if m.call == "POST" && m.what == "check" {
				t.Errorf("%s: %s", name, m)
			}
			if m.call == "GET" && m.what == "old" && m.when == before {
				if gets++; gets == 2 && test.gone { // the one of the check
					w.server.mu.Lock()
					delete(w.server.rows, w.old.ID)
					w.server.mu.Unlock()
				}
			}
			return nil
		}
		options := func(*rebuild.Options) {}
		if test.change != nil {
			options = test.change
		}
		p := w.plan(test.mode)
		if p.ServerCheck != (name == "off" || name == "deleted") {
			t.Errorf("%s: the plan has the check: %v", name, p.ServerCheck)
		}
		if result, err := w.workflow(options).Run(t.Context(), p, w.record); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
		w.wantWhole()
	}
}

// freeName deletes the old snapshot between the GET and the create of the check.
func freeName(w *world) {
	w.server.mu.Lock()
	defer w.server.mu.Unlock()
	delete(w.server.rows, w.old.ID)
}

// TestServerCheckCreates follows the snapshot that the check created, because the old one
// was deleted elsewhere a moment before.
func TestServerCheckCreates(t *testing.T) {
	t.Parallel()
	for _, acceptOnly := range []bool{false, true} {
		w := newWorld(t, agents())
		w.at = func(m moment) error {
			if m.call == "POST" && m.when == before {
				freeName(w)
			}
			if m.call == "DELETE" {
				t.Errorf("%s", m)
			}
			return nil
		}
		result, err := w.workflow(func(o *rebuild.Options) { o.AcceptOnly = acceptOnly }).Run(t.Context(), w.plan(model.InPlace), w.record)
		want := map[bool]model.Outcome{false: model.OutcomeRebuilt, true: model.OutcomeAccepted}[acceptOnly]
		if err != nil || result.Outcome != want || result.New == nil || result.New.ID == w.old.ID || !result.OldDeleted {
			t.Errorf("%+v, %v", result, err)
		}
		if posts := w.posts(); len(posts) != 1 || w.wantWhole() != "new" {
			t.Errorf("creates: %q", posts)
		}
	}
}

// TestCrashAfterCheckCreated stops the machine at every moment of such a rebuild: nothing
// is created twice and nothing is lost.
func TestCrashAfterCheckCreated(t *testing.T) {
	t.Parallel()
	var table matrix
	for n := 1; ; n++ {
		w := newWorld(t, agents())
		freed := false
		var last moment
		w.othersAct = true // between the delete elsewhere and the create there is only the recipe
		w.at = func(m moment) error {
			if m.call == "POST" && m.when == before && !freed {
				freed = true
				freeName(w)
			}
			if m.n < n {
				return nil
			}
			last = m
			return w.die()
		}
		_, err := w.run(model.InPlace)
		if last.n == 0 {
			if err != nil {
				t.Error(err)
			}
			break
		}
		for _, how := range crashesOf(w) {
			next := w.next(how)
			if freed && len(next.server.named(w.old.Name)) == 0 && !next.recipeSurvives(durabletest.Killed, w.old.ID, w.old.Name) {
				t.Errorf("%s, %s: neither a snapshot nor a recipe", last, how)
			}
			if result, err := next.resume(); err != nil {
				t.Errorf("%s, %s: resume: %+v, %v", last, how, result, err)
			}
			which := next.wantWhole()
			if which == "old" && freed {
				t.Errorf("%s, %s: the old one is back", last, how)
			}
			table.add(last.String(), "name free", which)
		}
		if t.Failed() {
			t.Fatalf("crash at %d, %s", n, last)
		}
	}
	table.print(t, "moment of the crash -> which snapshot there is in the end")
}

// TestKilledDuringCheck resumes a rebuild that was killed at the request of its check:
// nothing was deleted, so the server is asked again, and its refusal ends the rebuild at
// once. After the delete was sent it is not asked again.
func TestKilledDuringCheck(t *testing.T) {
	t.Parallel()
	for _, call := range []string{"POST", "DELETE"} {
		for _, when := range []phase{before, after} {
			w := newWorld(t, agents())
			w.on(call, "", when, w.die)
			if _, err := w.run(model.InPlace); !errors.Is(err, errDead) {
				t.Fatal(err)
			}
			w = w.next(durabletest.LazyPowerCut)
			all, err := w.journal().List()
			if err != nil || len(all) != 1 || (all[0].Entry.Step == model.StepServerCheck) != (call == "POST") || all[0].Entry.DeleteSent.IsZero() != (call == "POST") {
				t.Fatalf("%s %s: the journal has %+v, %v", call, when, all, err)
			}
			w.server.refuse = func(model.Recipe) error {
				if _, exists := w.server.rows[w.old.ID]; exists {
					return fault(model.Invalid, 400, "No available runners")
				}
				return nil
			}
			result, err := w.resume()
			if call == "POST" && (!errors.As(err, new(*rebuild.RefusedError)) || result.Entry != "" || w.wantWhole() != "old" || w.clock.Now().Sub(all[0].Entry.Started) > time.Minute) {
				t.Errorf("killed %s: %+v, %v", when, result, err)
			}
			if call == "DELETE" && (err != nil || w.wantWhole() != "new") {
				t.Errorf("killed %s the delete: %+v, %v", when, result, err)
			}
		}
	}
}

// TestResumeWithoutServerCheck resumes an entry of a check if that is off now.
func TestResumeWithoutServerCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	w.on("POST", "", "", w.die)
	_, _ = w.run(model.InPlace)
	w = w.next(durabletest.Killed)
	all, err := w.journal().List()
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	work := w.workflow(func(o *rebuild.Options) { o.ServerCheck = nil })
	if result, err := work.Resume(t.Context(), all[0].ID, w.record); err != nil || len(w.posts()) != 1 {
		t.Errorf("%+v, %v after %q", result, err, w.posts())
	}
	w.wantWhole()
}

// TestStopDuringCheck removes the entry when the user stops the rebuild there.
func TestStopDuringCheck(t *testing.T) {
	t.Parallel()
	for _, when := range []phase{before, after} {
		w := newWorld(t, agents())
		ctx, stop := context.WithCancelCause(t.Context())
		w.at = func(m moment) error {
			if m.call == "POST" && m.when == when {
				stop(model.ErrStopped)
			}
			return nil
		}
		result, err := w.workflow().Run(ctx, w.plan(model.InPlace), w.record)
		if !errors.Is(err, model.ErrStopped) || result.Outcome != model.OutcomeUntouched || w.wantWhole() != "old" {
			t.Errorf("%s: %+v, %v", when, result, err)
		}
	}
}

// TestCheckArrivesLate loses a check that the server carries out when the name is free.
func TestCheckArrivesLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	p := w.plan(model.InPlace)
	late := false
	w.at = func(m moment) error {
		switch {
		case m.call == "POST" && m.what == "check" && m.when == before:
			return answers(model.Network, 0)()
		case m.call == "POST" && m.what == "name" && m.when == before && !late:
			late = true
			if _, err := w.server.Create(t.Context(), p.Recipe); err != nil {
				t.Error(err)
			}
		}
		return nil
	}
	if result, err := w.workflow().Run(t.Context(), p, w.record); err != nil || !late {
		t.Errorf("%+v, %v", result, err)
	}
	if w.wantWhole() != "new" {
		t.Error("it is the old one")
	}
}

// creator answers the first create with a snapshot of its own.
type creator struct {
	*world
	answer func() *model.Snapshot
	done   bool
}

func (c *creator) Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	if !c.done {
		c.done = true
		return c.answer(), nil
	}
	return c.world.Create(ctx, recipe)
}

// TestServerCheckContradicts continues as without a check after a 200 that is no new
// snapshot.
func TestServerCheckContradicts(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(*model.Snapshot) *model.Snapshot{
		"the old one":      func(old *model.Snapshot) *model.Snapshot { return old },
		"nothing":          func(*model.Snapshot) *model.Snapshot { return nil },
		"another name":     func(old *model.Snapshot) *model.Snapshot { s := *old; s.ID, s.Name = "1", "other"; return &s },
		"one never listed": func(old *model.Snapshot) *model.Snapshot { s := *old; s.ID = "1"; return &s },
	} {
		w := newWorld(t, agents())
		api := &creator{world: w, answer: func() *model.Snapshot { return answer(w.old) }}
		work := w.workflow(func(o *rebuild.Options) { o.API = api })
		if result, err := work.Run(t.Context(), w.plan(model.InPlace), w.record); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
		if w.wantWhole() != "new" {
			t.Errorf("%s: it is the old one", name)
		}
	}
}

// slowCreates takes a while for each create, and counts how many run at once.
type slowCreates struct {
	*world
	mu         sync.Mutex
	checks     int // running now
	most, sent int
}

func (s *slowCreates) Create(ctx context.Context, recipe model.Recipe) (*model.Snapshot, error) {
	s.mu.Lock()
	exists := len(s.server.named(recipe.Name)) > 0
	if exists {
		s.checks++
		s.sent++
		s.most = max(s.most, s.checks)
	}
	s.mu.Unlock()
	time.Sleep(time.Second)
	made, err := s.world.Create(ctx, recipe)
	if exists {
		s.mu.Lock()
		s.checks--
		s.mu.Unlock()
	}
	return made, err
}

// TestOneServerCheckAtATime rebuilds many at once: each is checked once, one at a time.
func TestOneServerCheckAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, row{})
		w.clock.bubble = true
		api := &slowCreates{world: w}
		check := rebuild.NewServerCheck()
		const many = 12
		var all sync.WaitGroup
		for n := range many {
			r := debian()
			r.name = fmt.Sprintf("many-%02d", n)
			p := rebuild.Preflight(model.RebuildRequest{Snapshot: w.server.add(r).snapshot(), Mode: model.InPlace, Now: w.clock.Now(), ServerCheck: true})
			work := w.workflow(func(o *rebuild.Options) { o.API, o.ServerCheck = api, check }) // one each, as the dashboard does
			all.Go(func() {
				if result, err := work.Run(t.Context(), p, w.record); err != nil {
					t.Errorf("%+v, %v", result, err)
				}
			})
		}
		all.Wait()
		if api.most != 1 || api.sent != many {
			t.Errorf("%d checks, up to %d at once", api.sent, api.most)
		}
		w.wantNoEntry()
	})
}
