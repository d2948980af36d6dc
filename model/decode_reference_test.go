package model_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// Decode agrees with decoding the recorded JSON to maps.
func TestDecodeAgreesWithMaps(t *testing.T) {
	for name, raw := range recorded(t) {
		s := decode(t, string(raw))
		var object map[string]any
		if err := json.Unmarshal(raw, &object); err != nil {
			t.Fatal(err)
		}
		checkFields(t, name, reflect.ValueOf(*s), object)
		if build, ok := object["buildInfo"].(map[string]any); ok {
			checkFields(t, name+": buildInfo", reflect.ValueOf(s.Build()), build)
		}
		if s.Raw.String() != string(raw) {
			t.Errorf("%s: Raw differs from the JSON", name)
		}
	}
}

// checkFields compares each field of a struct with its JSON property.
func checkFields(t *testing.T, name string, got reflect.Value, object map[string]any) {
	t.Helper()
	for i := range got.NumField() {
		property := got.Type().Field(i).Tag.Get("json")
		if property == "-" || property == "buildInfo" {
			continue
		}
		want, sent := object[property]
		field, presence := got.Field(i), model.Present
		if at, ok := reflect.TypeAssert[model.OptionalTime](field); ok {
			field = reflect.ValueOf(at.Optional())
		}
		if field.Kind() == reflect.Struct { // an Optional
			presence = field.FieldByName("Presence").Interface().(model.Presence)
			field = field.FieldByName("Value")
		}
		wantPresence := model.Present
		switch {
		case !sent:
			wantPresence = model.Absent
		case want == nil:
			wantPresence = model.Null
		}
		if presence != wantPresence {
			t.Errorf("%s: %s has presence %d, want %d", name, property, presence, wantPresence)
		}
		if wantPresence != model.Present {
			if !field.IsZero() {
				t.Errorf("%s: %s is not sent, but has the value %v", name, property, field)
			}
			continue
		}
		if at, ok := reflect.TypeAssert[time.Time](field); ok {
			want, _ = time.Parse(time.RFC3339, want.(string))
			if !at.Equal(want.(time.Time)) {
				t.Errorf("%s: %s is %v, want %v", name, property, at, want)
			}
			continue
		}
		if text, ok := reflect.TypeAssert[model.JSONText](field); ok {
			field = reflect.ValueOf(text.String())
		}
		gotJSON, err := json.Marshal(field.Interface())
		wantJSON, _ := json.Marshal(want)
		if err != nil || !bytes.Equal(gotJSON, wantJSON) {
			t.Errorf("%s: %s is %s, want %s", name, property, gotJSON, wantJSON)
		}
	}
}

// optionalProperties returns the JSON names of all optional fields, each with its zero
// value as JSON.
func optionalProperties(t *testing.T) map[string]string {
	t.Helper()
	zeros := map[reflect.Type]string{
		reflect.TypeFor[model.Optional[string]]():           `""`,
		reflect.TypeFor[model.Optional[float64]]():          `0`,
		reflect.TypeFor[model.Optional[[]string]]():         `[]`,
		reflect.TypeFor[model.OptionalTime]():               `"0001-01-01T00:00:00Z"`,
		reflect.TypeFor[model.Optional[*model.BuildInfo]](): `{}`,
	}
	properties := make(map[string]string)
	snapshot := reflect.TypeFor[model.Snapshot]()
	for field := range snapshot.Fields() {
		switch field.Name {
		case "ID", "Name", "State", "General", "Raw":
			continue
		}
		zero, ok := zeros[field.Type]
		if !ok {
			t.Fatalf("%s is a %v, which does not distinguish absent, null and zero", field.Name, field.Type)
		}
		properties[field.Tag.Get("json")] = zero
	}
	return properties
}
