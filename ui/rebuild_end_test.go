package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// ended starts a rebuild of a quiet snapshot and ends it so.
func (h *harness) ended(change func(*model.RebuildResult, *model.Snapshot), err error) *model.Snapshot {
	h.t.Helper()
	h.onQuiet()
	s := h.app.selected()
	h.app.runRebuild(s, model.Plan{Snapshot: s})
	r := model.RebuildResult{}
	change(&r, s)
	h.send(rebuildEndedMsg{id: s.ID, result: r, err: err})
	return s
}

// What became of the old snapshot is what the refusal says, not what the last poll showed.
func TestRefusedRebuildOfDeletedSnapshot(t *testing.T) {
	t.Parallel()
	removing := func(s *model.Snapshot) *model.Snapshot {
		removing, err := model.Decode([]byte(strings.Replace(s.Raw.String(), `"state":"active"`, `"state":"removing"`, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return removing
	}
	for name, tc := range map[string]struct {
		change        func(*model.RebuildResult, *model.Snapshot)
		sees, unlike  string
		listed, retry bool
	}{
		"deleted": {
			change: func(r *model.RebuildResult, _ *model.Snapshot) { r.OldDeleted = true },
			unlike: "unchanged",
		},
		"removing": {
			change: func(r *model.RebuildResult, s *model.Snapshot) { r.Old = removing(s) },
			unlike: "unchanged", listed: true, retry: true, // the next poll of this server shows it as active
		},
		"not read": {
			change: func(*model.RebuildResult, *model.Snapshot) {},
			unlike: "unchanged", listed: true, retry: true,
		},
		"unchanged": {
			change: func(r *model.RebuildResult, s *model.Snapshot) { r.Old = s },
			sees:   "the old snapshot is unchanged · R retry", unlike: "recipe saved", listed: true, retry: true,
		},
		"a candidate is left": {
			change: func(r *model.RebuildResult, s *model.Snapshot) { r.Old, r.Entry = s, "abc" },
			sees:   "the old snapshot is unchanged; a candidate may be left", unlike: "recipe saved", listed: true,
		},
	} {
		h := newHarness(t, withRebuilder(&scripted{}))
		s := h.ended(func(r *model.RebuildResult, s *model.Snapshot) {
			r.Outcome = model.OutcomeUntouched
			tc.change(r, s)
		}, errors.New("the reason"))
		h.sees(s.Name+" was not rebuilt: the reason", tc.sees)
		h.misses(tc.unlike)
		if !tc.retry {
			h.misses("R retry")
		}
		if h.app.state.Listed(s.ID) != tc.listed {
			t.Errorf("%s: listed is %v", name, !tc.listed)
		}
	}
}

// A candidate or a journal file that stays is not a plain success.
func TestRebuiltWithSomethingLeft(t *testing.T) {
	t.Parallel()
	h := newHarness(t, withRebuilder(&scripted{}))
	s := h.ended(func(r *model.RebuildResult, _ *model.Snapshot) {
		r.Outcome, r.Entry = model.OutcomeRebuilt, "abc"
	}, errors.New("its candidate cannot be removed: 403"))
	h.sees("✗ rebuilt " + s.Name + " · active after 0.0 s, but its candidate cannot be removed: 403 · F resume")
	h.misses("was not rebuilt")
	if h.app.state.Failures[s.ID] != "" || len(h.app.state.Pending) > 0 {
		t.Error("the rebuild counts as failed, or has not ended")
	}
}

// Resuming does not help while another snapshot has the name.
func TestNameTakenIsNotResumed(t *testing.T) {
	t.Parallel()
	r := &scripted{}
	h := newHarness(t, withRebuilder(r))
	h.onQuiet()
	name := h.app.selected().Name
	r.unfinished = []model.UnfinishedRebuild{{ID: "abc", SnapshotID: "old", Name: name, Started: start, NameTaken: true}}
	h.ended(func(r *model.RebuildResult, _ *model.Snapshot) {
		r.Outcome, r.Entry, r.NameTaken = model.OutcomeUnfinished, "abc", true
	}, errors.New("another snapshot has its name: discard or rename"))
	h.sees("another snapshot has its name: discard or rename", "! 1 rebuild unfinished")
	h.misses("F resume")
	h.press("F")
	h.sees("the name of " + name + " is taken: discard or rename, see snapdeck recover")
	h.misses("y resume")

	r.unfinished[0].Name = "free-again"
	h.advance(unfinishedInterval + time.Second)
	h.sees("! 1 rebuild unfinished · F resume")
}

// What a rebuild proved to be deleted leaves the counts at once, not after two polls.
func TestDeletedSnapshotsOfARebuildLeaveTheCounts(t *testing.T) {
	t.Parallel()
	server := &hidden{}
	h, s := rebuilding(t, func(s *setup) { s.handler = server.over })
	h.create("candidate-of-it")
	h.press("r")
	candidate := h.snapshot("candidate-of-it")
	all := h.app.state.Data.Store.Len()
	event := func(step model.Step, phase model.Phase, id string) {
		h.send(rebuildEventMsg{id: s.ID, event: model.RebuildEvent{Step: step, Phase: phase, SnapshotID: id}})
	}
	event(model.StepCandidate, model.PhaseProgress, candidate.ID)
	server.ids = []string{s.ID}
	event(model.StepWait, model.PhaseDone, s.ID)
	if n := h.app.state.Data.Store.Len(); n != all-1 {
		t.Errorf("%d snapshots after the old one was deleted, want %d", n, all-1)
	}
	event(model.StepCleanup, model.PhaseProgress, candidate.ID)
	server.ids = append(server.ids, candidate.ID)
	event(model.StepCleanup, model.PhaseDone, candidate.ID)
	if n := h.app.state.Data.Store.Len(); n != all-2 {
		t.Errorf("%d snapshots after the candidate was deleted, want %d", n, all-2)
	}
	h.sees(fmt.Sprintf(" %d  ✗", all-2))
}
