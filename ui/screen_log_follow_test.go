package ui

import (
	"encoding/json"
	"net/http"
	"path"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// buildLogs answers each request for a build log with its id, and collects the ids.
func buildLogs(asked *[]string) func(*setup) {
	return func(s *setup) {
		s.handler = logServer(func(w http.ResponseWriter, r *http.Request) {
			id := path.Base(path.Dir(r.URL.Path))
			*asked = append(*asked, id)
			_, _ = w.Write([]byte("log of " + id + "\n"))
		})
	}
}

// build creates a snapshot from a Dockerfile and returns its id.
func (h *harness) build(name, dockerfile string) string {
	h.t.Helper()
	body, err := json.Marshal(model.Recipe{Name: name, BuildInfo: &model.RecipeBuild{DockerfileContent: dockerfile}})
	if err != nil {
		h.t.Fatal(err)
	}
	var made struct{ ID string }
	if err := json.NewDecoder(h.call("POST", "/api/snapshots", string(body)).Body).Decode(&made); err != nil || made.ID == "" {
		h.t.Fatal(made, err)
	}
	return made.ID
}

// A log that was opened during the wait of a rebuild follows it to the new snapshot,
// through the candidate of a verified one, and stays with the log when it is active.
func TestLogFollowsRebuild(t *testing.T) {
	t.Parallel()
	for _, verify := range []bool{false, true} {
		var asked []string
		h := newHarness(t, withRebuilder(&scripted{}), buildLogs(&asked))
		h.onQuiet()
		s := h.app.selected()
		h.app.runRebuild(s, model.Plan{Snapshot: s})
		report := func(step model.Step, phase model.Phase, id string) {
			h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: step, Phase: phase, SnapshotID: id}})
		}
		if verify {
			h.press("l")
			h.sees("log of " + s.ID) // it still exists
			candidate := h.build("candidate", "FROM alpine:3.20\nRUN candidate\n")
			report(model.StepCandidate, model.PhaseProgress, candidate)
			h.advance(6 * time.Second)
			h.sees("candidate  build log", "log of "+candidate)
			report(model.StepDelete, model.PhaseProgress, s.ID)
			h.advance(2 * time.Second)
			h.sees("log of " + candidate)
		}
		h.call("DELETE", "/api/snapshots/"+s.ID, "")
		report(model.StepWait, model.PhaseStarted, s.ID)
		if !verify {
			h.press("l")
			h.sees("waiting for the new build")
			h.misses("not found", "loading")
		}
		h.advance(20 * time.Second)
		h.misses("not found")
		report(model.StepWait, model.PhaseDone, s.ID)
		report(model.StepCreate, model.PhaseStarted, "")
		h.advance(2 * time.Second)
		before := len(asked)
		fresh := h.build(s.Name, "FROM alpine:3.20\nRUN fresh\n")
		report(model.StepCreate, model.PhaseProgress, fresh)
		h.advance(2 * time.Second)
		h.sees(s.Name+"  build log", "log of "+fresh)
		if strings.Count(strings.Join(asked[before:], " "), fresh) < 1 {
			t.Errorf("asked for %v", asked[before:])
		}
		made, _ := h.app.state.Data.Store.Get(fresh)
		h.send(rebuildEndedMsg{id: s.ID, result: model.RebuildResult{Outcome: model.OutcomeRebuilt, New: made}})
		h.advance(2 * time.Minute)
		h.sees("log of " + fresh)
		h.misses("not found")
	}
}

// A snapshot that was active at once has no runner with a log: asking would take 30 s.
func TestLogOfCachedBuild(t *testing.T) {
	t.Parallel()
	var asked []string
	h := newHarness(t, withRebuilder(&scripted{}), buildLogs(&asked))
	h.onQuiet()
	s := *h.app.selected()
	raw := map[string]any{}
	if err := json.Unmarshal([]byte(s.Raw.String()), &raw); err != nil {
		t.Fatal(err)
	}
	raw["initialRunnerId"] = nil
	changed, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	cached, err := model.Decode(changed)
	if err != nil {
		t.Fatal(err)
	}
	h.app.applyStore(h.app.state.Data.Store.With(cached))
	h.press("l")
	h.sees("no log: served from the cache, nothing was built")
	if len(asked) > 0 {
		t.Errorf("asked for %v", asked)
	}
}
