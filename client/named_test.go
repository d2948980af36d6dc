package client

import (
	"slices"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

func TestNamed(t *testing.T) {
	r := &recorder{answer: respond(200, `{"items":[{"id":"1","name":"a"},{"id":"2","name":"b"}],"total":900,"totalPages":5}`)}
	c := start(t, r)
	found, err := c.SearchByName(t.Context(), "a%_/&=")
	if err != nil || len(found) != 2 || found[1].ID != "2" {
		t.Errorf("%v, %v", found, err)
	}
	want := []string{"GET /api/snapshots?limit=200&name=a%25_%2F%26%3D&order=asc&sort=name"}
	if !slices.Equal(r.asked, want) {
		t.Errorf("asked %q, want %q", r.asked, want)
	}
}

func TestNamedFails(t *testing.T) {
	for body, want := range map[string]model.ErrorCode{"<html>": model.NotTheAPI, `{"items":[{"id":"1"},{}]}`: model.NotTheAPI} {
		c := start(t, respond(200, body))
		if _, err := c.SearchByName(t.Context(), "x"); asError(t, err).Code != want {
			t.Errorf("%s: %v", body, err)
		}
	}
	c := start(t, respond(401, apiError(401, "Invalid credentials")))
	if _, err := c.SearchByName(t.Context(), "x"); asError(t, err).Code != model.Unauthorized {
		t.Error(err)
	}
}

func TestVendorProfiles(t *testing.T) {
	names, err := CLIProfileNames("testdata/profiles/key")
	if err != nil || !slices.Contains(names, "work") || !slices.Contains(names, "first") {
		t.Errorf("%q, %v", names, err)
	}
	for _, dir := range []string{"nowhere", "broken"} {
		names, err := CLIProfileNames("testdata/profiles/" + dir)
		if err == nil || names != nil || strings.Contains(err.Error(), "leaky") {
			t.Errorf("%s: %q, %v", dir, names, err)
		}
	}
}
