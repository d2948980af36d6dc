package model_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

// decodeReference decodes with encoding/json, which Decode must agree with.
func decodeReference(raw []byte) (*model.Snapshot, error) {
	var lax struct {
		model.Snapshot
		// These shadow the plain fields, so that an unexpected type only loses its property.
		ID      model.Optional[string] `json:"id"`
		General model.Optional[bool]   `json:"general"`
		Name    model.Optional[string] `json:"name"`
		State   model.Optional[string] `json:"state"`
	}
	if err := json.Unmarshal(raw, &lax); err != nil {
		return nil, err
	}
	if lax.ID.Value == "" {
		return nil, model.ErrNoID
	}
	s := lax.Snapshot
	s.ID, s.General, s.Name = lax.ID.Value, lax.General.Value, lax.Name.Value
	s.State, s.Raw = model.State(lax.State.Value), model.NewRawJSON(string(raw))
	return &s, nil
}

func FuzzDecodeAgreesWithEncodingJSON(f *testing.F) {
	for _, raw := range recorded(f) {
		f.Add(raw)
	}
	for _, raw := range []string{
		``, `null`, `[]`, `{"id":"x"} {}`, `{"ID":"x","Name":"a","name":"b"}`, `{"id":"\ud800\u0041\n"}`, "{\"id\":\"\xff\xfe\"}",
		`{"id":"x","regionIds":[null,"a",""],"entrypoint":[1]}`, `{"id":"x","size":1e999,"cpu":-0,"mem":1E2}`,
		`{"id":"x","createdAt":"2026-11-24T16:33:50+02:00","updatedAt":"2026-1-1"}`, `{"i\u0064":"x","general":1}`,
		`{"id":"x","buildInfo":{"contextHashes":null,"DOCKERFILECONTENT":"FROM x\n"}}`, `{"id":"x","buildInfo":"y"}`,
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		want, wantErr := decodeReference(raw)
		got, err := model.Decode(raw)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%q: error %v, encoding/json says %v", raw, err, wantErr)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-encoding/json +Decode):\n%s", raw, diff)
		}
	})
}

// plainPage is what encoding/json decodes fastest: no presence, no raw JSON.
type plainPage struct {
	Items []struct {
		ID, OrganizationID, Name, ImageName, State, Ref, InitialRunnerID, SandboxClass string

		General             bool
		Size                *float64
		CPU, GPU, Mem, Disk float64
		Entrypoint          []string
		RegionIDs           []string
		ErrorReason         *string

		CreatedAt, UpdatedAt string
		LastUsedAt           *string
		BuildInfo            *struct {
			DockerfileContent                 string
			ContextHashes                     []string
			CreatedAt, UpdatedAt, SnapshotRef string
		}
	}
}

// BenchmarkDecodePlain is the yardstick of BenchmarkDecode.
func BenchmarkDecodePlain(b *testing.B) {
	raw := []byte(`{"items":[` + string(recorded(b)["dockerfile-with-context"]) + `]}`)
	b.ReportAllocs()
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		var p plainPage
		if err := json.Unmarshal(raw, &p); err != nil {
			b.Fatal(err)
		}
	}
}
