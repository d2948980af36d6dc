package query

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// now is the time of the tests.
var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// digest is a SHA-256 digest.
const digest = "3fa2bc5d6e7f80913fa2bc5d6e7f80913fa2bc5d6e7f80913fa2bc5d6e7fe91c"

// snapshot decodes a snapshot with a name and "property=value" pairs. A value is JSON
// or else a string. The id is "id of " + name.
func snapshot(t testing.TB, name string, properties ...string) *model.Snapshot {
	t.Helper()
	object := map[string]any{"id": "id of " + name, "name": name, "state": "active"}
	for _, p := range properties {
		property, value, _ := strings.Cut(p, "=")
		if json.Valid([]byte(value)) {
			object[property] = json.RawMessage(value)
		} else {
			object[property] = value
		}
	}
	raw, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	s, err := model.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// namesOf returns the names of snapshots, separated by spaces.
func namesOf(snapshots []*model.Snapshot) string {
	names := make([]string, len(snapshots))
	for i, s := range snapshots {
		names[i] = s.Name
	}
	return strings.Join(names, " ")
}

func search(t testing.TB, ix *Index, text string, c Context) Result {
	t.Helper()
	r, err := ix.Search(t.Context(), Parse(text), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
