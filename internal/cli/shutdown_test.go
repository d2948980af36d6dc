package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

func TestResumeUnfinished(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newRebuildTest(t, secret)
		b.interruptAfter(builtName, "DELETE", false)
		err := b.unfinished("do it again")
		if err == nil || (&program{started: true}).exitCode(err) != exitUnfinished || err.Error() != "the rebuild of "+builtName+" is unfinished, its recipe is saved: do it again" {
			t.Errorf("unfinished: %v", err)
		}
		// Like the next start of the program.
		next := b.rebuilderFor(b.api.URL(), secret)
		all, err := next.Unfinished(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != builtName || all[0].Err == "" || all[0].Started.IsZero() {
			t.Fatalf("unfinished: %+v, %v", all, err)
		}
		if result, err := next.Resume(t.Context(), all[0].ID, nil); err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" {
			t.Errorf("%+v, %v", result, err)
		}
		if all, err := next.Unfinished(t.Context()); err != nil || len(all) > 0 {
			t.Errorf("still unfinished: %+v, %v", all, err)
		}
		if err := next.unfinished(""); err != nil {
			t.Errorf("unfinished after the resume: %v", err)
		}
	}
}

func TestSeveralUnfinished(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.interruptAfter(pulledName, "DELETE", false)
	if err := b.unfinished("again"); err == nil || err.Error() != "2 rebuilds are unfinished, their recipes are saved: again" {
		t.Errorf("unfinished: %v", err)
	}
	// Another run does not report them.
	if err := b.rebuilderFor(b.api.URL(), demo.Key).unfinished(""); err != nil {
		t.Errorf("reported by another run: %v", err)
	}
}

func TestResumeOnAnotherServer(t *testing.T) {
	t.Parallel()
	b, other := newRebuildTest(t, demo.Key), newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	elsewhere := b.rebuilderFor(other.api.URL(), demo.Key)
	if all, err := elsewhere.Unfinished(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("on another server: %+v, %v", all, err)
	}
	listed, err := b.journal.journal.List()
	if err != nil || len(listed) != 1 {
		t.Fatal(listed, err)
	}
	result, err := elsewhere.Resume(t.Context(), listed[0].ID, func(model.RebuildEvent) { t.Error("ran a step") })
	if result.Entry == "" || result.Accepted() || err == nil || !strings.Contains(err.Error(), "another server") {
		t.Errorf("%+v, %v", result, err)
	}
}

func TestUnfinishedWhileUnreachable(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	wrongKey := b.rebuilderFor(b.api.URL(), "wrong") // the organization is unknown
	if all, err := wrongKey.Unfinished(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
	listed, _ := b.journal.journal.List()
	if result, err := wrongKey.Resume(t.Context(), listed[0].ID, nil); result.Entry == "" || err == nil {
		t.Errorf("%+v, %v", result, err)
	}
}

// TestUnknownOrganization: an API key gets its organization from the snapshots, and the
// rebuild deleted the only one.
func TestUnknownOrganization(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false)
	b.empty.Store(true)
	next := b.rebuilderFor(b.api.URL(), demo.Key)
	all, err := next.Unfinished(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("unfinished: %+v, %v", all, err)
	}
	for range 6 { // the dashboard reads the journal every ten seconds
		_ = b.clock.Sleep(t.Context(), 10*time.Second)
		if again, err := next.Unfinished(t.Context()); err != nil || len(again) != 1 {
			t.Errorf("unfinished: %+v, %v", again, err)
		}
	}
	if n := b.lists.Load(); n != 2 {
		t.Errorf("%d lists were read in a minute", n)
	}
	if result, err := next.Resume(t.Context(), all[0].ID, func(model.RebuildEvent) { t.Error("ran a step") }); result.Entry == "" || err == nil || !strings.Contains(err.Error(), "--organization") {
		t.Errorf("%+v, %v", result, err)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, "--organization; it belongs to "+demo.OrganizationID) {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--organization", "another"); got.code != 5 || !strings.Contains(got.err, "another organization") {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--organization", demo.OrganizationID); got.code != 0 || len(b.entries()) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestUnknownJournalVersion(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	file := filepath.Join(b.journalDir(), "0123456789ab.json")
	if err := os.WriteFile(file, []byte(`{"format": "snapdeck rebuild", "version": 9, "content": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if all, err := b.Unfinished(t.Context()); err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "update snapdeck") {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
	b.interruptAfter(builtName, "DELETE", false)
	if all, err := b.Unfinished(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("unfinished: %+v, %v", all, err)
	}
}
