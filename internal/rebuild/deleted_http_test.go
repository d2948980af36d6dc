package rebuild_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// TestRestoreDemoFixtures deletes and restores each snapshot of the demo API over HTTP, and
// compares all properties that a create decides.
func TestRestoreDemoFixtures(t *testing.T) {
	t.Parallel()
	s := newHTTPWorld(t)
	listing, err := s.plain.List(t.Context(), func(model.ListProgress) {})
	if err != nil {
		t.Fatal(err)
	}
	restored := 0
	for _, old := range listing.Snapshots {
		if old.General || old.State.InTransition() || unrestorable(old) != "" {
			continue
		}
		work := s.workflow()
		saved, err := work.SaveRecipe(old)
		if err == nil {
			err = work.Delete(t.Context(), saved)
		}
		if err != nil {
			t.Fatalf("%s: %v", old.Name, err)
		}
		_ = s.clock.Sleep(t.Context(), 30*time.Second)
		all, err := s.journal.Deleted()
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: saved %+v, %v", old.Name, all, err)
		}
		if all[0].Snapshot.Raw.String() == "" || cmp.Diff(old.UnknownProperties(), all[0].Snapshot.UnknownProperties()) != "" {
			t.Errorf("%s: saved %s", old.Name, all[0].Snapshot.Raw.String())
		}
		p := rebuild.Preflight(model.RebuildRequest{Snapshot: all[0].Snapshot, Mode: model.Restore, Entry: all[0].ID, Now: s.clock.Now()})
		result, err := work.Run(t.Context(), p, nil)
		if result.New == nil || result.Entry != "" {
			t.Fatalf("%s: %+v, %v", old.Name, result, err)
		}
		restored++
		for what, pair := range map[string][2]any{
			"name":          {old.Name, result.New.Name},
			"imageName":     {old.ImageName, result.New.ImageName},
			"cpu":           {old.CPU, result.New.CPU},
			"mem":           {old.Mem, result.New.Mem},
			"disk":          {old.Disk, result.New.Disk},
			"gpu":           {old.GPU, result.New.GPU},
			"gpuType":       {old.GPUType, result.New.GPUType},
			"sandboxClass":  {old.SandboxClass, result.New.SandboxClass},
			"entrypoint":    {old.Entrypoint.Value, result.New.Entrypoint.Value},
			"Dockerfile":    {old.Build().DockerfileContent, result.New.Build().DockerfileContent},
			"contextHashes": {old.Build().ContextHashes, result.New.Build().ContextHashes},
		} {
			if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
				t.Errorf("%s: %s (-old +restored):\n%s", old.Name, what, diff)
			}
		}
		if !old.InRegion(result.New.RegionIDs.Value[0]) {
			t.Errorf("%s: in %v, was in %v", old.Name, result.New.RegionIDs.Value, old.RegionIDs.Value)
		}
	}
	if restored < 5 {
		t.Errorf("only %d were restored", restored)
	}
}
