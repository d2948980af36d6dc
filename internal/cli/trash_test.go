package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/internal/demo"
	"daytona/snapdeck/internal/durable"
	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// deleted returns the names of the recipes of deleted snapshots.
func (b *rebuildTest) deleted(r *rebuilder) string {
	b.t.Helper()
	all, err := r.Deleted(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	var names []string
	for _, d := range all {
		names = append(names, d.Snapshot.Name)
	}
	return strings.Join(names, " ")
}

// TestDeleteAndPurge saves recipes that recover does not take for unfinished actions, and
// removes them.
func TestDeleteAndPurge(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{demo.Key, demo.JWT} {
		b := newRebuildTest(t, secret)
		for _, name := range []string{builtName, pulledName} {
			if err := b.Delete(t.Context(), b.rebuildRequest(name).Snapshot); err != nil {
				t.Fatal(err)
			}
			_ = b.clock.Sleep(t.Context(), time.Minute)
		}
		if got := b.deleted(b.rebuilder); got != pulledName+" "+builtName {
			t.Errorf("deleted %q", got)
		}
		if left, err := b.Unfinished(t.Context()); err != nil || len(left) > 0 || b.unfinished("") != nil {
			t.Errorf("unfinished %+v, %v", left, err)
		}
		if got := b.recover("", ""); got.code != 0 || !strings.Contains(got.err, "no unfinished actions") {
			t.Errorf("recover: %+v", got)
		}
		// Of another server, and of another organization.
		other := b.rebuilderFor("http://127.0.0.1:1/api", secret)
		if got := b.deleted(other); got != "" {
			t.Errorf("of another server: %q", got)
		}
		for _, args := range [][]string{{"--purge", "all"}, {"--purge", ""}, {"--purge", "x", "--resume"}, {"--purge", "x", "-o", "json"}} {
			if got := b.recover("", "", args...); got.code != 2 {
				t.Errorf("%q: %+v", args, got)
			}
		}
		if got := b.recover("", "", "--purge", "no-such", "--yes"); got.code != 1 || !strings.Contains(got.err, "no saved recipe of no-such · snapdeck restore lists them") {
			t.Errorf("%+v", got)
		}
		if got := b.recover("", "", "--purge", builtName, "--yes"); got.code != 0 || !strings.Contains(got.err, "removed 1 recipe: these snapshots cannot be restored") || b.deleted(b.rebuilder) != pulledName {
			t.Errorf("%+v, left %q", got, b.deleted(b.rebuilder))
		}
		if got := b.recover("", "", "--purge", "all", "--yes"); got.code != 0 || b.deleted(b.rebuilder) != "" {
			t.Errorf("%+v, left %q", got, b.deleted(b.rebuilder))
		}
		if got := b.recover("", "", "--purge", "all", "--yes"); got.code != 0 || !strings.Contains(got.err, "no saved recipes") {
			t.Errorf("%+v", got)
		}
	}
}

// TestInterruptedRestore is listed and resumed as a restore.
func TestInterruptedRestore(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	s := b.rebuildRequest(builtName).Snapshot
	if err := b.Delete(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	_ = b.clock.Sleep(t.Context(), time.Minute)
	all, err := b.Deleted(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	plan := b.Plan(model.RebuildRequest{Snapshot: all[0].Snapshot, Mode: model.Restore, Entry: all[0].Entry, Now: b.clock.Now()})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result, err := b.Run(ctx, plan, func(e model.RebuildEvent) {
		if e.Step == model.StepSave && e.Phase == model.PhaseDone {
			cancel()
		}
	})
	if err == nil || result.Entry == "" {
		t.Fatalf("%+v, %v", result, err)
	}
	left, err := b.Unfinished(t.Context())
	if err != nil || len(left) != 1 || left[0].Mode != model.Restore || left[0].Name != builtName {
		t.Errorf("unfinished %+v, %v", left, err)
	}
	if got := b.recover("", ""); got.code != 5 || !strings.Contains(got.out, builtName+"  restore  creating") {
		t.Errorf("recover: %+v", got)
	}
	if got := b.recover(b.api.URL(), demo.Key, "--resume", "--yes"); got.code != 0 || len(b.entries()) > 0 || b.deleted(b.rebuilder) != "" {
		t.Errorf("resume: %+v", got)
	}
	if _, err := b.api.Get(t.Context(), builtName); err != nil {
		t.Error(err)
	}
}

// TestDeleteWithoutJournal sends nothing, unless the user agreed or wants no recipes.
func TestDeleteWithoutJournal(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	file := filepath.Join(b.home, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := func(change func(*rebuilder)) *rebuilder {
		r := newRebuilder(b.api, filepath.Join(file, "rebuilds"), Environment{Now: b.clock.Now, Sleep: b.clock.Sleep, Disk: durable.OS{}}, false)
		change(r)
		return r
	}
	s := b.rebuildRequest(builtName).Snapshot
	if err := broken(func(*rebuilder) {}).Delete(t.Context(), s); !errors.As(err, new(*model.UnsavedError)) {
		t.Errorf("%v", err)
	}
	readOnly := broken(func(r *rebuilder) { r.readOnly = true })
	if one, other := readOnly.Delete(t.Context(), s), readOnly.DeleteUnsaved(t.Context(), s); !errors.Is(one, errReadOnly) || !errors.Is(other, errReadOnly) {
		t.Errorf("read-only: %v, %v", one, other)
	}
	if now, err := b.api.Get(t.Context(), s.ID); err != nil || now.State == model.StateRemoving {
		t.Fatalf("it was deleted: %+v, %v", now, err)
	}
	if err := broken(func(*rebuilder) {}).DeleteUnsaved(t.Context(), s); err != nil {
		t.Error(err)
	}
	other := b.rebuildRequest(pulledName).Snapshot
	if err := broken(func(r *rebuilder) { r.base.TrashOff = true }).Delete(t.Context(), other); err != nil {
		t.Errorf("trash off: %v", err)
	}
	b.base.TrashOff = true
	if err := b.Delete(t.Context(), b.rebuildRequest("node-20-agents").Snapshot); err != nil || b.deleted(b.rebuilder) != "" {
		t.Errorf("trash off: %v, saved %q", err, b.deleted(b.rebuilder))
	}
}

// TestEvictionIsReported at the next delete and at the start.
func TestEvictionIsReported(t *testing.T) {
	t.Parallel()
	var lines []string
	b := newRebuildTest(t, demo.Key, func(r *rebuilder) { r.evicted = func(evicted []string) { lines = append(lines, evicted...) } })
	if err := b.Delete(t.Context(), b.rebuildRequest(builtName).Snapshot); err != nil {
		t.Fatal(err)
	}
	_ = b.clock.Sleep(t.Context(), model.KeepDeleted+time.Hour)
	if _, err := b.Unfinished(t.Context()); err != nil || len(lines) != 1 || !strings.Contains(lines[0], builtName) || !strings.Contains(lines[0], "older than 90 days") {
		t.Errorf("%v, reported %q", err, lines)
	}
	if got := b.deleted(b.rebuilder); got != "" {
		t.Errorf("left %q", got)
	}
}

// TestUnreadableRecipe lists the others.
func TestUnreadableRecipe(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	for _, name := range []string{builtName, pulledName} {
		if err := b.Delete(t.Context(), b.rebuildRequest(name).Snapshot); err != nil {
			t.Fatal(err)
		}
	}
	journal, err := rebuild.OpenJournal(b.journalDir())
	if err != nil {
		t.Fatal(err)
	}
	all, err := journal.Deleted()
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := os.WriteFile(all[0].File, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	readable, err := b.Deleted(t.Context())
	if err == nil || !strings.Contains(err.Error(), all[0].File) || len(readable) != 1 || readable[0].Snapshot.Name != all[1].Name {
		t.Errorf("%+v, %v", readable, err)
	}
	if got := b.recover("", "", "--purge", "all", "--yes"); got.code != 0 || b.deleted(b.rebuilder) != "" {
		t.Errorf("purge: %+v", got)
	}
}

// TestRestoreWithoutOrganization refuses a key that may be of another organization, because
// that has no snapshots. The dashboard that deleted the snapshot knows.
func TestRestoreWithoutOrganization(t *testing.T) {
	t.Parallel()
	b := newRebuildTest(t, demo.Key)
	if err := b.Delete(t.Context(), b.rebuildRequest(builtName).Snapshot); err != nil {
		t.Fatal(err)
	}
	_ = b.clock.Sleep(t.Context(), time.Minute)
	b.empty.Store(true)
	all, err := b.Deleted(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	plan := b.Plan(model.RebuildRequest{Snapshot: all[0].Snapshot, Mode: model.Restore, Entry: all[0].Entry, Now: b.clock.Now()})
	later := b.rebuilderFor(b.api.URL(), demo.Key)
	if result, err := later.Run(t.Context(), plan, nil); !errors.Is(err, rebuild.ErrUnknownOrganization) || result.Outcome != model.OutcomeUntouched {
		t.Errorf("a later run: %+v, %v", result, err)
	}
	if result, err := b.Run(t.Context(), plan, nil); err != nil || result.Outcome != model.OutcomeRebuilt {
		t.Errorf("the same run: %+v, %v", result, err)
	}
}
