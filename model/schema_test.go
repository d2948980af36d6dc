package model_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"daytona/snapdeck/model"
)

// publishedSchema reads the schema that Daytona publishes.
func publishedSchema(t *testing.T) map[string]any {
	t.Helper()
	raw, err := os.ReadFile("../testdata/SnapshotDto.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemaPropertiesAreFields(t *testing.T) {
	properties := publishedSchema(t)["properties"].(map[string]any)
	build := properties["buildInfo"].(map[string]any)["allOf"].([]any)[0].(map[string]any)["properties"].(map[string]any)
	check := func(of reflect.Type, properties map[string]any, count int) {
		if len(properties) != count {
			t.Errorf("the schema of %v has %d properties, want %d", of, len(properties), count)
		}
		for property := range properties {
			if _, ok := of.FieldByNameFunc(func(name string) bool {
				f, _ := of.FieldByName(name)
				return f.Tag.Get("json") == property
			}); !ok {
				t.Errorf("%v has no field for %s", of, property)
			}
		}
	}
	check(reflect.TypeFor[model.Snapshot](), properties, 20)
	check(reflect.TypeFor[model.BuildInfo](), build, 5)
}

func TestSchemaStatesAreKnown(t *testing.T) {
	properties := publishedSchema(t)["properties"].(map[string]any)
	states := properties["state"].(map[string]any)["allOf"].([]any)[0].(map[string]any)["enum"].([]any)
	if len(states) != 8 {
		t.Errorf("the schema has %d states, want 8", len(states))
	}
	for _, state := range states {
		if !slices.Contains(model.States(), model.State(state.(string))) {
			t.Errorf("States() lacks %s", state)
		}
	}
}

// The recorded snapshots satisfy the schema, except where real servers send null for a
// property that is not nullable, or a newer state.
func TestRecordedSnapshotsSatisfyTheSchema(t *testing.T) {
	schema := publishedSchema(t)
	allowNull(schema)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("SnapshotDto", schema); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("SnapshotDto")
	if err != nil {
		t.Fatal(err)
	}
	const runner, hashes, state = "/initialRunnerId", "/buildInfo/contextHashes", "/state"
	known := map[string][]string{
		"dockerfile-active":       {hashes},
		"dockerfile-build-failed": {hashes, runner},
		"dockerfile-building":     {hashes},
		"dockerfile-error":        {hashes},
		"general-windows":         {runner, "/organizationId", "/ref"},
		"image-pending":           {runner, "/ref"},
		"image-too-big":           {"/ref"},
		"later-server":            {state},
		"later-server-unset":      {state},
		"removing":                {hashes, runner},
	}
	for name, raw := range recorded(t) {
		instance, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
		if err != nil {
			t.Fatal(err)
		}
		got := make(map[string]bool)
		if invalid := (*jsonschema.ValidationError)(nil); errors.As(compiled.Validate(instance), &invalid) {
			violations(invalid, got)
		}
		want := make(map[string]bool)
		for _, place := range known[name] {
			want[place] = true
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s violates the schema at %v, want %v", name, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
}

// violations collects the locations at which a snapshot violates the schema.
func violations(err *jsonschema.ValidationError, places map[string]bool) {
	if len(err.Causes) == 0 {
		places["/"+strings.Join(err.InstanceLocation, "/")] = true
	}
	for _, cause := range err.Causes {
		violations(cause, places)
	}
}

// allowNull converts "nullable" of OpenAPI to JSON Schema.
func allowNull(node any) {
	switch node := node.(type) {
	case map[string]any:
		if node["nullable"] == true {
			node["type"] = []any{node["type"], "null"}
		}
		for _, child := range node {
			allowNull(child)
		}
	case []any:
		for _, child := range node {
			allowNull(child)
		}
	}
}
