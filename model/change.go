package model

import (
	"bytes"
	"encoding/json"
	"slices"
)

// ChangeKind tells what happened to a snapshot between two looks.
type ChangeKind uint8

// The kinds of change.
const (
	Added ChangeKind = iota
	Deleted
	StateChanged // perhaps other fields too
	FieldsChanged
)

// Change is what happened to one snapshot between two looks at the server.
type Change struct {
	Kind   ChangeKind
	Before *Snapshot // nil where it was added
	After  *Snapshot // nil where it was deleted
	Fields []string  // names of the properties that differ, sorted; nil where it was added or was deleted
}

// Snapshot is the newest known form of the snapshot.
func (c Change) Snapshot() *Snapshot {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// UsageOnly reports whether nothing but the time of the last use moved, which
// happens all day and is no news. (The server sets updatedAt with it.)
func (c Change) UsageOnly() bool {
	if c.Kind != FieldsChanged {
		return false
	}
	for _, field := range c.Fields {
		if field != "lastUsedAt" && field != "updatedAt" {
			return false
		}
	}
	return true
}

func diff(before, after *Snapshot) Change {
	kind := FieldsChanged
	if before.State != after.State {
		kind = StateChanged
	}
	return Change{Kind: kind, Before: before, After: after, Fields: changedFields(before.Raw, after.Raw)}
}

// differingFields compares two JSON objects property by property.
func changedFields(a, b json.RawMessage) []string {
	var before, after map[string]json.RawMessage
	if json.Unmarshal(a, &before) != nil || json.Unmarshal(b, &after) != nil {
		return nil
	}
	var fields []string
	for name, value := range after {
		if old, ok := before[name]; !ok || !bytes.Equal(old, value) {
			fields = append(fields, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	return fields
}
