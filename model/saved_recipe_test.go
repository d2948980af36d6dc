package model

import (
	"testing"
	"time"
)

func TestNewestRecipe(t *testing.T) {
	t.Parallel()
	at := func(hour int) time.Time { return time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC) }
	recipe := func(id, name string, hour int, change ...func(*Snapshot)) SavedRecipe {
		s := &Snapshot{ID: id, Name: name, OrganizationID: Some("acme")}
		for _, c := range change {
			c(s)
		}
		return SavedRecipe{Snapshot: s, At: at(hour)}
	}
	general := func(s *Snapshot) { s.General = true }
	elsewhere := func(s *Snapshot) { s.OrganizationID = Some("globex") }
	unknown := func(s *Snapshot) { s.OrganizationID = Optional[string]{Presence: Null} }
	of := &Snapshot{ID: "now", Name: "web", OrganizationID: Some("acme")}
	for name, tc := range map[string]struct {
		saved []SavedRecipe
		want  string
	}{
		"none":                 {nil, ""},
		"unreadable":           {[]SavedRecipe{{At: at(1)}}, ""},
		"another name":         {[]SavedRecipe{recipe("a", "web2", 1)}, ""},
		"the newest":           {[]SavedRecipe{recipe("a", "web", 1), recipe("b", "web", 3), recipe("c", "web", 2)}, "b"},
		"its own":              {[]SavedRecipe{recipe("now", "web", 1)}, "now"},
		"not its own, later":   {[]SavedRecipe{recipe("now", "web", 5), recipe("a", "web", 1)}, "a"},
		"not its own, earlier": {[]SavedRecipe{recipe("a", "web", 1), recipe("now", "web", 5)}, "a"},
		"another organization": {[]SavedRecipe{recipe("a", "web", 1, elsewhere)}, ""},
		"unknown organization": {[]SavedRecipe{recipe("a", "web", 1, unknown)}, "a"},
		"general":              {[]SavedRecipe{recipe("a", "web", 1, general)}, ""},
	} {
		got, ok := NewestRecipe(tc.saved, of)
		if ok != (tc.want != "") || ok && got.Snapshot.ID != tc.want {
			t.Errorf("%s: got %v %+v, want %s", name, ok, got.Snapshot, tc.want)
		}
	}
}
