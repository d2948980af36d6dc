package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

func TestWhatIsLeftIsFinished(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newBench(t, secret)
		b.cut(built, "DELETE", false)
		left := b.unfinished("do it again")
		if left == nil || (&program{started: true}).exitCode(left) != exitUnfinished || left.Error() != "the rebuild of "+built+" is unfinished, its recipe is saved: do it again" {
			t.Errorf("left: %v", left)
		}
		// The next start, which is another process.
		next := b.to(b.api.URL(), secret)
		all, err := next.Unfinished(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != built || all[0].Err == "" || all[0].Started.IsZero() {
			t.Fatalf("unfinished: %+v, %v", all, err)
		}
		if result, err := next.Resume(t.Context(), all[0].ID, nil); err != nil || result.Outcome != model.OutcomeRebuilt || result.Entry != "" {
			t.Errorf("%+v, %v", result, err)
		}
		if all, err := next.Unfinished(t.Context()); err != nil || len(all) > 0 {
			t.Errorf("still unfinished: %+v, %v", all, err)
		}
		if left := next.unfinished(""); left != nil {
			t.Errorf("left: %v", left)
		}
	}
}

func TestSeveralAreLeft(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	b.cut(pulled, "DELETE", false)
	if left := b.unfinished("again"); left == nil || left.Error() != "2 rebuilds are unfinished, their recipes are saved: again" {
		t.Errorf("left: %v", left)
	}
	// What an earlier run left is not this one's.
	if left := b.to(b.api.URL(), demo.Key).unfinished(""); left != nil {
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
	result, err := elsewhere.Resume(t.Context(), listed[0].ID, func(model.RebuildEvent) { t.Error("a step") })
	if result.Entry == "" || result.Accepted() || err == nil || !strings.Contains(err.Error(), "another server") {
		t.Errorf("%+v, %v", result, err)
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
	if result, err := wrongKey.Resume(t.Context(), listed[0].ID, nil); result.Entry == "" || err == nil {
		t.Errorf("%+v, %v", result, err)
	}
}

// The only snapshot of an organization was deleted for the rebuild: nothing tells the
// organization of the key any more.
func TestOrganizationThatNothingTells(t *testing.T) {
	t.Parallel()
	b := newBench(t, demo.Key)
	b.cut(built, "DELETE", false)
	b.bare.Store(true)
	next := b.to(b.api.URL(), demo.Key)
	all, err := next.Unfinished(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("unfinished: %+v, %v", all, err)
	}
	if result, err := next.Resume(t.Context(), all[0].ID, func(model.RebuildEvent) { t.Error("a step") }); result.Entry == "" || err == nil || !strings.Contains(err.Error(), "--organization") {
		t.Errorf("%+v, %v", result, err)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, "--organization; the rebuild belongs to "+demo.OrganizationID) {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--organization", "another"); got.code != 5 || !strings.Contains(got.err, "another organization") {
		t.Errorf("%+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--organization", demo.OrganizationID); got.code != 0 || len(b.entries()) > 0 {
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
