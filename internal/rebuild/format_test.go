package rebuild_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/internal/rebuild"
	"daytona/snapdeck/model"
)

// The fields of an entry as earlier versions wrote them.
const entryVersion1 = `{
  "id": "0123456789ab",
  "target": {"apiURL": "https://app.daytona.io/api", "organizationId": "8a108392"},
  "mode": "verify first",
  "step": "clean up",
  "old": {"id": "1", "name": "agents", "json": {"id": "1"}},
  "recipe": {"name": "agents", "imageName": "debian:12"},
  "candidate": {"id": "2", "recipe": {"name": "agents-candidate-1", "imageName": "debian:12"}},
  "edited": {"name": "agents", "imageName": "debian:13"},
  "replaced": "agents.Dockerfile",
  "newId": "3",
  "started": "2026-11-24T14:33:53Z",
  "updated": "2026-11-24T14:33:54Z",
  "trouble": "503"
}`

// TestEntryFormat reads an entry of an earlier version and writes the same fields.
func TestEntryFormat(t *testing.T) {
	t.Parallel()
	journal, err := rebuild.OpenJournal(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(journal.Path(), "0123456789ab.json")
	if err := os.WriteFile(file, []byte(`{"format": "snapdeck rebuild", "version": 1, "content": `+entryVersion1+`}`), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := journal.List()
	if err != nil || len(all) != 1 || all[0].Err != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	at := time.Date(2026, 11, 24, 14, 33, 53, 0, time.UTC)
	want := rebuild.Entry{
		ID: "0123456789ab", Target: rebuild.Target{APIURL: "https://app.daytona.io/api", OrganizationID: "8a108392"},
		Mode: model.VerifyFirst, Step: model.StepCleanup,
		Old:       rebuild.OldSnapshot{ID: "1", Name: "agents", JSON: json.RawMessage(`{"id": "1"}`)},
		Recipe:    model.Recipe{Name: "agents", ImageName: "debian:12"},
		Candidate: &rebuild.CandidateBuild{ID: "2", Recipe: model.Recipe{Name: "agents-candidate-1", ImageName: "debian:12"}},
		Edited:    &model.Recipe{Name: "agents", ImageName: "debian:13"},
		Replaced:  "agents.Dockerfile", NewID: "3", Started: at, Updated: at.Add(time.Second), Err: "503",
	}
	if diff := cmp.Diff(want, all[0].Entry); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	written, err := json.Marshal(all[0].Entry)
	if err != nil {
		t.Fatal(err)
	}
	var before, after any
	if err := json.Unmarshal([]byte(entryVersion1), &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(written, &after); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("written (-before +after):\n%s", diff)
	}
}
