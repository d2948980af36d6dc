package rebuild_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/durable/durabletest"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// withUnfinished returns a world with an unfinished rebuild, and its entry.
func withUnfinished(t *testing.T, mode model.RebuildMode) (*world, rebuild.ListedEntry) {
	t.Helper()
	w := newWorld(t, agents())
	w.on("POST", "name", "", w.die)
	if _, err := w.run(mode); !errors.Is(err, errDead) {
		t.Fatal(err)
	}
	w = w.next(durabletest.LazyPowerCut)
	all, err := w.journal().List()
	if err != nil || len(all) != 1 {
		t.Fatalf("journal %+v, %v", all, err)
	}
	return w, all[0]
}

func TestEntryHoldsEverything(t *testing.T) {
	t.Parallel()
	for _, mode := range modes() {
		w, one := withUnfinished(t, mode)
		e := one.Entry
		if one.InUse || one.Err != nil || one.ID != e.ID || e.Mode != mode || e.Step != model.StepCreate {
			t.Errorf("%s: listed %+v", mode, one)
		}
		if e.Target != (rebuild.Target{APIURL: apiURL, OrganizationID: organization}) {
			t.Errorf("%s: target %+v", mode, e.Target)
		}
		if e.Started.IsZero() || e.Updated.Before(e.Started) || e.Started.Location() != time.UTC {
			t.Errorf("%s: times %v, %v", mode, e.Started, e.Updated)
		}
		var was, is any
		old := agents()
		old.id, old.org, old.created, old.state = w.old.ID, organization, w.old.CreatedAt.Time(), w.old.State
		sent := w.server.snapshot(old) // as a GET by id sends it
		if err := errors.Join(json.Unmarshal([]byte(sent.Raw.String()), &was), json.Unmarshal(e.Old.JSON, &is)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(was, is); diff != "" || e.Old.ID != w.old.ID || e.Old.Name != w.old.Name {
			t.Errorf("%s: old %+v (-want +got):\n%s", mode, e.Old, diff)
		}
		want, _ := rebuild.RecipeOf(w.old, "us")
		content := e.Recipe.BuildInfo.DockerfileContent
		if mode == model.VerifyFirst {
			if !strings.HasPrefix(content, dockerfile+"# snapdeck rebuild") || e.Candidate.ID == "" || e.Candidate.Recipe.BuildInfo.DockerfileContent != content {
				t.Errorf("candidate %+v", e.Candidate)
			}
			want.BuildInfo.DockerfileContent = content
		}
		if diff := cmp.Diff(want, e.Recipe); diff != "" {
			t.Errorf("%s: recipe (-want +got):\n%s", mode, diff)
		}
	}
}

func TestFileModes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state", "rebuilds")
	journal, err := rebuild.OpenJournal(path)
	if err != nil || journal.Path() != path {
		t.Fatal(err)
	}
	w := newWorld(t, agents())
	looked := false
	w.at = func(m moment) error {
		if m.call != "DELETE" {
			return nil
		}
		looked = true
		entries, err := os.ReadDir(path)
		if err != nil || len(entries) == 0 {
			t.Errorf("%v, %v", entries, err)
		}
		for _, entry := range entries {
			if info, err := entry.Info(); err != nil || info.Mode() != 0o600 {
				t.Errorf("%s: %v, %v", entry.Name(), info.Mode(), err)
			}
		}
		return fault(model.Forbidden, 403, "that will do")
	}
	w.othersAct = true
	work := rebuild.New(rebuild.Options{API: withOtherJournal{w}, Journal: journal, Target: rebuild.Target{APIURL: apiURL}, Now: w.clock.Now, Sleep: w.clock.Sleep})
	if _, err := work.Run(t.Context(), w.plan(model.InPlace), nil); err == nil || !looked {
		t.Errorf("%v", err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o700|fs.ModeDir {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// withOtherJournal returns a world with another journal, for which the invariant is not
// checked.
type withOtherJournal struct{ *world }

func (p withOtherJournal) Delete(ctx context.Context, id string) error {
	_, err := through(p.world, "DELETE", p.label(id), func() (struct{}, error) { return struct{}{}, p.server.Delete(ctx, id) })
	return err
}

// TestEntryOfNewerVersion lists an entry of a newer program and does not change it.
func TestEntryOfNewerVersion(t *testing.T) {
	t.Parallel()
	w, one := withUnfinished(t, model.InPlace)
	path := filepath.Join(w.dir, one.ID+".json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newer := []byte(strings.Replace(string(data), `"version": 1`, `"version": 2`, 1))
	others := map[string]string{
		"0000000000aa": "",
		"0000000000ab": string(data[:len(data)/2]),
		"0000000000ac": string(data), // under another id
		"0000000000ad": `{"format":"snapdeck rebuild","version":1,"content":{}}`,
	}
	for id, content := range others {
		if err := os.WriteFile(filepath.Join(w.dir, id+".json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	journal := w.journal()
	all, err := journal.List()
	if err != nil || len(all) != 1+len(others) {
		t.Fatalf("journal %+v, %v", all, err)
	}
	for _, each := range all {
		_, resume := w.workflow().Resume(t.Context(), each.ID, nil)
		for what, err := range map[string]error{
			"list":             each.Err,
			"resume":           resume,
			"discard":          journal.Discard(each.ID),
			"discard with API": w.workflow().Discard(t.Context(), each.ID, nil),
		} {
			newer := errors.As(err, new(*durable.VersionError))
			if newer != (each.ID == one.ID) || !newer && !errors.Is(err, durable.ErrForeign) {
				t.Errorf("%s %s: %v", what, each.ID, err)
			}
		}
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != string(newer) {
		t.Errorf("it was touched: %v", err)
	}
	// Its snapshot cannot be rebuilt either.
	old := agents()
	old.id = w.old.ID
	w.server.add(old)
	result, err := w.run(model.InPlace)
	if unreadable, ok := errors.AsType[*rebuild.EntryError](err); !ok || unreadable.File != path || result.Outcome != model.OutcomeUntouched {
		t.Errorf("rebuild: %+v, %v", result, err)
	}
	if text := fmt.Sprint(err); !strings.Contains(text, path) || !strings.Contains(text, "update snapdeck") || strings.Contains(text, "--discard") {
		t.Errorf("rebuild: %s", text)
	}
	if _, err := w.journal().MoveAway(one.ID, w.clock.Now()); !errors.As(err, new(*durable.VersionError)) {
		t.Errorf("move away: %v", err)
	}
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	w, one := withUnfinished(t, model.InPlace)
	if err := w.journal().Discard("nothing"); !errors.Is(err, rebuild.ErrNoEntry) {
		t.Errorf("an unknown id: %v", err)
	}
	if err := w.journal().Discard("../" + one.ID); !errors.Is(err, rebuild.ErrNoEntry) {
		t.Errorf("a path: %v", err)
	}
	w.othersAct = true // the recipe is discarded
	if err := w.journal().Discard(one.ID); err != nil {
		t.Error(err)
	}
	w.wantNoEntry()

	// If the server can be reached, the candidate is removed too. If it refuses, both
	// stay.
	w, one = withUnfinished(t, model.VerifyFirst)
	w.othersAct = true
	w.on("DELETE", "", "", func() error { return fault(model.Forbidden, 403, "Access denied") })
	c := one.Entry.Candidate
	err := w.workflow().Discard(t.Context(), one.ID, w.record)
	stays, ok := errors.AsType[*rebuild.CandidateLeftError](err)
	if !ok || stays.ID != c.ID || codeOf(err) != model.Forbidden || !strings.Contains(err.Error(), c.Recipe.Name+" ("+c.ID+")") {
		t.Errorf("a candidate that may not be removed: %v", err)
	}
	if len(w.events) < 2 || codeOf(w.events[1].Err) != model.Forbidden || w.only().ID != one.ID {
		t.Errorf("events %+v", w.events)
	}
	w.at = nil
	if err := w.workflow().Discard(t.Context(), one.ID, nil); err != nil {
		t.Error(err)
	}
	w.wantNoEntry()
	if rows := w.server.named(w.old.Name); len(rows) != 0 {
		t.Errorf("left: %+v", rows)
	}
}

// TestInUse does not touch an entry that another process has locked.
func TestInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t, agents())
	tried := false
	w.at = func(m moment) error {
		if m.call != "DELETE" || m.when != before {
			return nil
		}
		tried = true
		w.at = nil
		journal := w.journal()
		all, err := journal.List()
		if err != nil || len(all) != 1 || !all[0].InUse {
			t.Fatalf("journal %+v, %v", all, err)
		}
		if err := journal.Discard(all[0].ID); !errors.Is(err, rebuild.ErrInUse) {
			t.Errorf("discard: %v", err)
		}
		if result, err := w.workflow().Resume(t.Context(), all[0].ID, nil); !errors.Is(err, rebuild.ErrInUse) || result.Entry != all[0].ID {
			t.Errorf("resume: %+v, %v", result, err)
		}
		if result, err := w.workflow().Run(t.Context(), w.plan(model.InPlace), nil); !errors.Is(err, rebuild.ErrInUse) || result.Outcome != model.OutcomeUntouched {
			t.Errorf("rebuild: %+v, %v", result, err)
		}
		return nil
	}
	if _, err := w.run(model.InPlace); err != nil || !tried {
		t.Errorf("%v", err)
	}
	w.wantWhole()
}

// TestOtherTarget sends no request for an entry of another server or organization.
func TestOtherTarget(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		target rebuild.Target
		want   error
	}{
		"the demo":                {rebuild.Target{APIURL: "http://127.0.0.1:40123/api", OrganizationID: organization}, rebuild.ErrOtherServer},
		"another path":            {rebuild.Target{APIURL: "https://app.daytona.io/other/api", OrganizationID: organization}, rebuild.ErrOtherServer},
		"without TLS":             {rebuild.Target{APIURL: "http://app.daytona.io/api", OrganizationID: organization}, rebuild.ErrOtherServer},
		"another organization":    {rebuild.Target{APIURL: apiURL, OrganizationID: "other"}, rebuild.ErrOtherOrganization},
		"an unknown organization": {rebuild.Target{APIURL: apiURL}, rebuild.ErrUnknownOrganization},
		"the same":                {rebuild.Target{APIURL: " HTTPS://App.Daytona.IO:443/api/", OrganizationID: organization}, nil},
	}
	for name, test := range tests {
		for _, mode := range modes() {
			w, one := withUnfinished(t, mode)
			if test.want != nil {
				w.at = func(m moment) error {
					if m.call != "disk" {
						t.Errorf("%s: %s", name, m)
					}
					return nil
				}
			}
			work := w.workflow(func(o *rebuild.Options) { o.Target = test.target })
			result, err := work.Resume(t.Context(), one.ID, w.record)
			if !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
				t.Errorf("%s: %+v, %v; want %v", name, result, err, test.want)
			}
			if test.want == nil {
				w.wantWhole()
				continue
			}
			if result.Outcome != model.OutcomeUnfinished || result.Entry != one.ID {
				t.Errorf("%s: %+v", name, result)
			}
			if err := work.Discard(t.Context(), one.ID, nil); !errors.Is(err, test.want) {
				t.Errorf("%s: discard: %v", name, err)
			}
			w.at = nil
			if _, err := w.resume(); err != nil {
				t.Errorf("%s: resume at the right target: %v", name, err)
			}
			w.wantWhole()
		}
	}
}

// TestResumeWithAnotherKey keeps an entry that it cannot resume.
func TestResumeWithAnotherKey(t *testing.T) {
	t.Parallel()
	w, one := withUnfinished(t, model.InPlace)
	w.on("POST", "", "", func() error { return fault(model.Forbidden, 403, "Access denied") })
	if result, err := w.resume(); err == nil || result.Outcome != model.OutcomeUnfinished || result.Entry != one.ID {
		t.Errorf("%+v, %v", result, err)
	}
	w.at = nil
	if _, err := w.resume(); err != nil {
		t.Error(err)
	}
	w.wantWhole()
}

// TestListOrder lists the oldest entry first.
func TestListOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, row{})
	w.server.keepRemoved = true
	var want []string
	for _, name := range []string{"c", "a", "b"} {
		r := agents()
		r.name = name
		old := w.server.add(r).snapshot()
		_ = w.clock.Sleep(t.Context(), time.Minute)
		p := rebuild.Preflight(model.RebuildRequest{Snapshot: old, Mode: model.InPlace, Now: w.clock.Now()})
		if _, err := w.workflow().Run(t.Context(), p, nil); !errors.Is(err, rebuild.ErrStillRemoving) {
			t.Fatal(err)
		}
		want = append(want, name)
	}
	all, err := w.journal().List()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, one := range all {
		got = append(got, one.Entry.Old.Name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
