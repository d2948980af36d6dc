package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/model"
)

// TestDamagedEntry damages the entry of a snapshot: it names its file and what to do, and
// that works.
func TestDamagedEntry(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"torn":           func(data []byte) []byte { return data[:len(data)/2] },
		"empty":          func([]byte) []byte { return nil },
		"another recipe": func(data []byte) []byte { return []byte(strings.Replace(string(data), "FROM ", "FORM ", 1)) },
		"foreign":        func([]byte) []byte { return []byte("{}") },
	} {
		b := newRebuildTest(t, demo.Key)
		plan := b.Plan(b.rebuildRequest(builtName))
		ctx, cancel := context.WithCancel(t.Context())
		_, _ = b.Run(ctx, plan, func(e model.RebuildEvent) { // interrupted before anything is sent
			if e.Step == model.StepSave && e.Phase == model.PhaseDone {
				cancel()
			}
		})
		id := b.entries()[0].ID
		file := filepath.Join(b.journalDir(), id+".json")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data = damage(data)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		remedy := "snapdeck recover --discard " + id

		result, err := b.Run(t.Context(), plan, nil)
		if result.Outcome != model.OutcomeUntouched || err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), remedy) {
			t.Errorf("%s: rebuild: %+v, %v", name, result, err)
		}
		if all, err := b.Unfinished(t.Context()); err == nil || !strings.Contains(err.Error(), remedy) {
			t.Errorf("%s: unfinished: %+v, %v", name, all, err)
		}
		if got := b.recover("", ""); got.code != 5 || !strings.Contains(got.out, file) || !strings.Contains(got.out, remedy) {
			t.Errorf("%s: list: %+v", name, got)
		}
		if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 5 || !strings.Contains(got.err, remedy) {
			t.Errorf("%s: resume: %+v", name, got)
		}
		got := b.recover("", "", "--discard", id)
		moved := strings.TrimSuffix(strings.TrimPrefix(got.err, id+" moved to "), ": it cannot be read\n")
		if kept, err := os.ReadFile(moved); got.code != 0 || err != nil || string(kept) != string(data) || len(b.entries()) > 0 {
			t.Errorf("%s: discard: %+v, %v, left %+v", name, got, err, b.entries())
		}
		if result, err := b.Run(t.Context(), plan, nil); err != nil || result.Outcome != model.OutcomeRebuilt {
			t.Errorf("%s: rebuild after the discard: %+v, %v", name, result, err)
		}
	}
}

// TestCleanUpLeft reports at exit that a rebuild needs only its cleanup.
func TestCleanUpLeft(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	q := b.rebuildRequest(builtName)
	q.Mode = model.VerifyFirst
	result, err := b.Run(t.Context(), b.Plan(q), func(e model.RebuildEvent) {
		if e.Step == model.StepCleanup && e.Phase == model.PhaseStarted {
			b.server.CloseClientConnections()
			b.server.Close()
		}
	})
	if err == nil || result.Outcome != model.OutcomeRebuilt || result.Entry == "" {
		t.Fatalf("%+v, %v", result, err)
	}
	if err := b.unfinished("do it"); err == nil || err.Error() != "created, but not cleaned up: "+builtName+": do it" {
		t.Errorf("at exit: %v", err)
	}
}

// TestResumeInRegion creates the snapshot in the region of the flag.
func TestResumeInRegion(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	b.interruptAfter(builtName, "DELETE", false) // in eu and us
	if got := b.recover(b.api.URL(), demo.Key, "--region", "us"); got.code != 2 || !strings.Contains(got.err, "--resume") {
		t.Errorf("without --resume: %+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--region", "ap"); got.code != 5 || !strings.Contains(got.err, "not in region ap, but in: eu, us") || len(b.entries()) != 1 {
		t.Errorf("another region: %+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes", "--region", "us"); got.code != 0 {
		t.Errorf("%+v", got)
	}
	if s, err := b.api.Get(t.Context(), builtName); err != nil || !s.InRegion("us") || s.InRegion("eu") {
		t.Errorf("%+v, %v", s, err)
	}
}
