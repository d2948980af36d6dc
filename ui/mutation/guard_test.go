package mutation

import (
	"path"
	"testing"
)

func TestProtectedNames(t *testing.T) {
	patterns := []string{"*prod*", "registry*:20", "team/?"}
	for name, want := range map[string]bool{
		"prod": true, "team/prod-x": true, "a/b/prod/c": true, "registry.acme.dev/base/node:20": true, "team/x": true,
		"team/xy": false, "staging": false, "registry.acme.dev/base/node:21": false,
	} {
		if Protected(patterns, name) != want {
			t.Errorf("%s is protected: %v", name, !want)
		}
	}
	if Protected(nil, "prod") {
		t.Error("a name is protected without a pattern")
	}
	if _, err := path.Match("[", "x"); err == nil || !Protected([]string{"["}, "x") {
		t.Error("a broken pattern must protect everything")
	}
}
