package model_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

// snapshot decodes a snapshot with an id and "property=value" pairs. A value is JSON or
// else a string.
func snapshot(t testing.TB, id string, properties ...string) *model.Snapshot {
	t.Helper()
	object := map[string]json.RawMessage{"id": quoted(id), "name": quoted(id), "state": quoted("active")}
	for _, p := range properties {
		name, value, _ := strings.Cut(p, "=")
		if json.Valid([]byte(value)) {
			object[name] = json.RawMessage(value)
		} else {
			object[name] = quoted(value)
		}
	}
	raw, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, string(raw))
}

func quoted(s string) json.RawMessage { return json.RawMessage(strconv.Quote(s)) }

func ids(rows []*model.Snapshot) string {
	var all []string
	for _, row := range rows {
		all = append(all, row.ID)
	}
	return strings.Join(all, " ")
}

// describe formats changes as "added a, state b, fields c[name], deleted d".
func describe(changes []model.Change) string {
	var all []string
	for _, c := range changes {
		kind := [...]string{model.Added: "added", model.Deleted: "deleted", model.StateChanged: "state", model.FieldsChanged: "fields"}[c.Kind]
		text := kind + " " + c.Snapshot().ID
		if c.Fields != nil {
			text += "[" + strings.Join(c.Fields, " ") + "]"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func missing(s *model.Store) string {
	var all []string
	for _, row := range s.All() {
		if s.Missing(row.ID) {
			all = append(all, row.ID)
		}
	}
	return strings.Join(all, " ")
}
