package model_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

// recorded returns the JSON of snapshots recorded from real servers by file name.
func recorded(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/snapshots/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no recorded snapshots: %v", err)
	}
	all := make(map[string][]byte, len(paths))
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = raw
	}
	return all
}

func decode(t testing.TB, raw string) *model.Snapshot {
	t.Helper()
	s, err := model.Decode([]byte(raw))
	if err != nil {
		t.Fatalf("Decode(%s): %v", raw, err)
	}
	return s
}

func TestDecode(t *testing.T) {
	at := func(text string) time.Time {
		t.Helper()
		parsed, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	var (
		no         = model.Null
		text       = model.Some[string]
		number     = model.Some[float64]
		moment     = func(s string) model.OptionalTime { return model.SomeTime(at(s)) }
		org        = "5b1f0c1e-8d0a-4f0e-9a53-3c3f2a1f7c11"
		runner     = "c2c1d7f0-6a43-4f6a-8a0c-b2a5f8f3d9e4"
		created    = moment("2026-11-02T04:38:55.287Z")
		updated    = moment("2026-11-13T09:19:28.328Z")
		used       = moment("2026-11-24T13:58:48.000Z")
		nullText   = model.Optional[string]{Presence: no}
		nullTime   = model.OptionalTime{Presence: no}
		nullNumber = model.Optional[float64]{Presence: no}
		nullList   = model.Optional[[]string]{Presence: no}
	)
	for name, want := range map[string]model.Snapshot{
		"image-active": {
			ID: "10000000-0000-4000-8000-000000000001", OrganizationID: text(org), Name: "image-active",
			ImageName: text("ghcr.io/acme/devbox@sha256:" + strings.Repeat("ab", 32)),
			State:     model.StateActive, Size: number(1.287), Entrypoint: model.Some([]string{"sleep", "infinity"}),
			CPU: number(1), GPU: number(0), Mem: number(2), Disk: number(3), ErrorReason: nullText,
			CreatedAt: created, UpdatedAt: updated, LastUsedAt: used, RegionIDs: model.Some([]string{"us", "eu"}),
			InitialRunnerID: text(runner), SandboxClass: text("container"),
			Ref: text("registry.example.com/daytona/daytona-" + strings.Repeat("3fa2", 16) + ":daytona"),
		},
		"dockerfile-created": { // the response to a create request omits what is not known yet
			ID: "10000000-0000-4000-8000-000000000009", OrganizationID: text(org), Name: "dockerfile-created",
			ImageName: text(""), State: model.StatePending, Size: nullNumber, Entrypoint: nullList,
			CPU: number(1), GPU: number(0), Mem: number(2), Disk: number(3), ErrorReason: nullText,
			CreatedAt: created, UpdatedAt: updated, LastUsedAt: nullTime,
			BuildInfo: model.Some(&model.BuildInfo{
				DockerfileContent: model.Some(model.NewJSONText("FROM debian:12.9\nRUN true\n")), ContextHashes: model.Some([]string{}),
				CreatedAt: moment("2026-11-02T04:38:55.280Z"), UpdatedAt: moment("2026-11-02T04:38:56.000Z"),
				SnapshotRef: text("daytona-" + strings.Repeat("e91c", 16) + ":daytona"),
			}),
			RegionIDs: model.Some([]string{"us"}), SandboxClass: text("container"),
			Ref: text("registry.example.com/daytona/daytona-" + strings.Repeat("e91c", 16) + ":daytona"),
		},
		"general-windows": {
			ID: "10000000-0000-4000-8000-000000000017", OrganizationID: nullText, General: true, Name: "general-windows",
			ImageName: text(""), State: model.StateActive, Size: nullNumber, Entrypoint: nullList,
			CPU: number(1), GPU: number(0), Mem: number(2), Disk: number(50), ErrorReason: nullText,
			CreatedAt: created, UpdatedAt: updated, LastUsedAt: nullTime, RegionIDs: model.Some([]string{"us"}),
			InitialRunnerID: nullText, Ref: nullText, SandboxClass: text("windows"),
		},
		"earlier-server": { // only the required properties
			ID: "10000000-0000-4000-8000-000000000099", Name: "earlier-server", State: model.StateActive,
			Size: nullNumber, Entrypoint: nullList, CPU: number(1), GPU: number(0), Mem: number(1), Disk: number(3),
			ErrorReason: nullText, CreatedAt: moment("2025-01-01T00:00:00.000Z"),
			UpdatedAt: moment("2025-01-01T00:00:00.000Z"), LastUsedAt: nullTime,
		},
	} {
		raw := recorded(t)[name]
		want.Raw = model.NewRawJSON(string(raw))
		if diff := cmp.Diff(want, *decode(t, string(raw))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDecodePresence(t *testing.T) {
	presenceOf := func(property, value string) model.Presence {
		raw := `{"id":"x"}`
		if value != "" {
			raw = `{"id":"x","` + property + `":` + value + `}`
		}
		got := reflect.ValueOf(*decode(t, raw))
		field := got.FieldByNameFunc(func(name string) bool {
			f, _ := got.Type().FieldByName(name)
			return f.Tag.Get("json") == property
		})
		if at, ok := reflect.TypeAssert[model.OptionalTime](field); ok {
			field = reflect.ValueOf(at.Optional())
		}
		if v := field.FieldByName("Value"); !v.IsZero() && value != "[]" && value != "{}" {
			t.Errorf("%s: the value of %s is not zero", raw, property)
		}
		return field.FieldByName("Presence").Interface().(model.Presence)
	}
	for property, zero := range optionalProperties(t) {
		for value, want := range map[string]model.Presence{
			"":        model.Absent,
			"null":    model.Null,
			zero:      model.Present,
			"true":    model.Unreadable,
			`[[], 3]`: model.Unreadable,
		} {
			if got := presenceOf(property, value); got != want {
				t.Errorf("%s = %q has presence %d, want %d", property, value, got, want)
			}
		}
	}
}

func TestDecodeUnexpectedValues(t *testing.T) {
	for _, test := range []struct {
		raw   string
		check func(*model.Snapshot) bool
	}{
		{`{"id":"x","name":7,"state":["active"],"general":"yes"}`, func(s *model.Snapshot) bool {
			return s.Name == "" && s.State == "" && !s.General
		}},
		{`{"id":"x","state":"hibernating"}`, func(s *model.Snapshot) bool {
			return s.State == "hibernating" && !s.State.Known()
		}},
		{`{"id":"x","size":1e999}`, func(s *model.Snapshot) bool { return s.Size.Presence == model.Unreadable }},
		{`{"id":"x","cpu":"4"}`, func(s *model.Snapshot) bool { return s.CPU.Presence == model.Unreadable }},
		{`{"id":"x","createdAt":"yesterday"}`, func(s *model.Snapshot) bool { return s.CreatedAt.Presence == model.Unreadable }},
		{`{"id":"x","createdAt":"2026-11-24T16:33:50+02:00"}`, func(s *model.Snapshot) bool {
			return s.CreatedAt.Time() == time.Date(2026, 11, 24, 14, 33, 50, 0, time.UTC)
		}},
		{`{"id":"x","buildInfo":{"dockerfileContent":7,"snapshotRef":"r"}}`, func(s *model.Snapshot) bool {
			_, ok := s.Dockerfile()
			return !ok && s.Build().DockerfileContent.Presence == model.Unreadable &&
				s.Build().SnapshotRef == model.Some("r")
		}},
		{"  \n{ \"id\" : \"x\" }\t", func(s *model.Snapshot) bool { return s.ID == "x" }},
	} {
		if s := decode(t, test.raw); !test.check(s) {
			t.Errorf("Decode(%s) = %+v", test.raw, *s)
		}
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, raw := range []string{``, `{`, `[]`, `"x"`, `7`, `{"id":"x"} trailing`, `<!doctype html>`} {
		if s, err := model.Decode([]byte(raw)); err == nil || errors.Is(err, model.ErrNoID) {
			t.Errorf("Decode(%s) = %v, %v, want a syntax error", raw, s, err)
		}
	}
	// Events about a removal have no id.
	for _, raw := range []string{`{}`, `null`, `{"id":""}`, `{"id":null}`, `{"id":7}`, `{"name":"gone","state":"removing"}`} {
		if s, err := model.Decode([]byte(raw)); !errors.Is(err, model.ErrNoID) {
			t.Errorf("Decode(%s) = %v, %v, want ErrNoID", raw, s, err)
		}
	}
}

func TestDecodeCopiesTheJSON(t *testing.T) {
	buffer := []byte(`{"id":"x","name":"node"}`)
	s := decode(t, string(buffer))
	kept := s.Raw.String()
	for i := range buffer {
		buffer[i] = '#'
	}
	if s.Raw.String() != kept || s.Name != "node" {
		t.Errorf("the snapshot changed with the buffer: %s", s.Raw.String())
	}
}

// FuzzDecode checks for any input that a decoded snapshot has an id and its exact JSON.
func FuzzDecode(f *testing.F) {
	for _, raw := range recorded(f) {
		f.Add(raw)
	}
	for _, raw := range []string{``, `null`, `{"id":"x"}`, `{"ID":"x","id":null}`, `{"id":"\ud800"}`, `{"id":"x","buildInfo":[{}]}`, "{\"id\":\"\xff\"}"} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		before := bytes.Clone(raw)
		s, err := model.Decode(raw)
		if !bytes.Equal(raw, before) {
			t.Fatal("the input was modified")
		}
		if err != nil {
			if s != nil {
				t.Fatal("Decode returned a snapshot and an error")
			}
			return
		}
		if s.ID == "" {
			t.Fatal("Decode accepted JSON without an id")
		}
		if s.Raw.String() != string(raw) {
			t.Fatalf("Raw is %q, want %q", s.Raw.String(), raw)
		}
		again, err := model.Decode([]byte(s.Raw.String()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(s, again); diff != "" {
			t.Fatalf("decoding Raw differs:\n%s", diff)
		}
		s.UnknownProperties()
		store, _ := model.NewStore().Apply([]*model.Snapshot{s})
		store.DeactivatesAt(s, 0)
	})
}
