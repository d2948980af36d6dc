package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestUnknownProperties(t *testing.T) {
	s := decode(t, string(recorded(t)["later-server"]))
	want := []model.Property{
		{Name: "expiresAt", Value: `"2027-01-01T00:00:00.000Z"`},
		{Name: "labels", Value: "{\n    \"team\": \"agents\"\n  }"},
	}
	if diff := cmp.Diff(want, s.UnknownProperties()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if s.SourceSandboxID.Presence != model.Present || s.State != model.StateSnapshotting {
		t.Errorf("a property of newer servers is not decoded: %+v", *s)
	}
	if unknown := decode(t, `{"id":"x","Name":"a","-":1}`).UnknownProperties(); len(unknown) != 1 || unknown[0].Name != "-" {
		t.Errorf("UnknownProperties() = %v, want only -", unknown)
	}
	for name, raw := range recorded(t) {
		if unknown := decode(t, string(raw)).UnknownProperties(); unknown != nil && name != "later-server" {
			t.Errorf("%s: %v is not a field", name, unknown)
		}
	}
}

func TestSnapshotMethods(t *testing.T) {
	all := recorded(t)
	failed := decode(t, string(all["dockerfile-error"]))
	if _, ok := decode(t, string(all["image-active"])).Dockerfile(); ok {
		t.Error("Dockerfile() of an image = true")
	}
	if !failed.InRegion("us") || failed.InRegion("u") {
		t.Error("InRegion does not compare whole ids")
	}
	if got := failed.ShortID(); got != "10000000" {
		t.Errorf("ShortID() = %q", got)
	}
	if got := decode(t, `{"id":"x"}`).ShortID(); got != "x" {
		t.Errorf("ShortID() = %q", got)
	}
}

func TestSnapshotPath(t *testing.T) {
	for id, want := range map[string]string{
		"3fa2c1d0-8b1e": "/snapshots/3fa2c1d0-8b1e",
		"team/app:1":    "/snapshots/team%2Fapp:1",
		"a b?c#d\n":     "/snapshots/a%20b%3Fc%23d%0A",
	} {
		if got := model.SnapshotPath(id); got != want {
			t.Errorf("SnapshotPath(%q) = %s, want %s", id, got, want)
		}
	}
}
