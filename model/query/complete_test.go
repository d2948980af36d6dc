package query

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/model"
)

func TestComplete(t *testing.T) {
	c := Context{Regions: []model.Region{{ID: "eu", Name: "eu"}, {ID: "us"}, {ID: "x1", Name: "my dc"}}, FamilyNames: []string{"agents", "agents-gpu", "web"}}
	for text, want := range map[string][]string{
		"":                  nil,
		"node ":             nil,
		"zz":                nil,
		"node st":           {"node state:"},
		"-RE":               {"-region:", "-ref:", "-reason:"},
		"state:":            {"state:failed", "state:busy", "state:error", "state:build_failed", "state:pending", "state:pulling", "state:building", "state:snapshotting", "state:removing", "state:active", "state:inactive"},
		"a -state:act":      {"a -state:active"},
		"state:active":      nil,
		"used":              {"used:"},
		"state:error,err":   nil,
		"general:yes,":      {"general:yes,no"},
		"state:failed,bu":   {"state:failed,busy", "state:failed,build_failed", "state:failed,building"},
		"region:":           {"region:eu", "region:us", `region:"my dc"`},
		"region:M":          {`region:"my dc"`},
		"x has:do":          {"x has:dockerfile"},
		"general:":          {"general:yes", "general:no"},
		"fam":               {"family:"},
		"family:Ag":         {"family:agents", "family:agents-gpu"},
		"has:v":             {"has:version"},
		"cpu:":              nil,
		"unknown:x":         nil,
		`error:"a b" gener`: {`error:"a b" general:`},
		"日本 st":             {"日本 state:"},
	} {
		if diff := cmp.Diff(want, Complete(text, c)); diff != "" {
			t.Errorf("Complete(%q) (-want +got):\n%s", text, diff)
		}
	}
}
