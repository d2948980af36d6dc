package model

import (
	"path"
	"testing"
)

func TestMatchName(t *testing.T) {
	patterns := []string{"*prod*", "registry*:20", "team/?"}
	for name, want := range map[string]bool{
		"prod": true, "team/prod-x": true, "a/b/prod/c": true, "registry.acme.dev/base/node:20": true, "team/x": true,
		"team/xy": false, "staging": false, "registry.acme.dev/base/node:21": false,
	} {
		if MatchName(patterns, name) != want {
			t.Errorf("%s matches: %v", name, !want)
		}
	}
	if MatchName(nil, "prod") {
		t.Error("a name matches no pattern")
	}
	if _, err := path.Match("[", "x"); err == nil || !MatchName([]string{"["}, "x") {
		t.Error("a broken pattern must match everything")
	}
}
