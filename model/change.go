package model

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
)

// ChangeKind is the kind of a [Change].
type ChangeKind uint8

// The kinds of change.
const (
	Added ChangeKind = iota
	Deleted
	StateChanged // and perhaps other fields
	FieldsChanged
)

// Change is the change of one snapshot between two stores.
type Change struct {
	Kind   ChangeKind
	Before *Snapshot // nil if added
	After  *Snapshot // nil if deleted
	Fields []string  // names of the changed properties, sorted; nil if added or deleted
}

// Snapshot returns After, or Before if the snapshot was deleted.
func (c Change) Snapshot() *Snapshot {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// UsageOnly reports whether only the time of the last use changed, which is frequent and
// not worth showing. The server sets updatedAt with it.
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

// diff returns the change from one snapshot to another. changed is false if only the order
// of the regions differs, which has no meaning.
func diff(before, after *Snapshot) (c Change, changed bool) {
	if before == after || before.Raw.Equal(after.Raw) {
		return c, false
	}
	c = Change{Kind: FieldsChanged, Before: before, After: after, Fields: changedFields(before.Raw.String(), after.Raw.String())}
	if before.State != after.State {
		c.Kind = StateChanged
	}
	return c, len(c.Fields) > 0
}

// changedFields returns the names of the properties that differ between two JSON objects.
// Regions are compared as a set.
func changedFields(a, b string) []string {
	var before, after map[string]json.RawMessage
	if json.Unmarshal([]byte(a), &before) != nil || json.Unmarshal([]byte(b), &after) != nil {
		return nil
	}
	var fields []string
	for name, value := range after {
		old, ok := before[name]
		if same := ok && (sameJSON(old, value) || name == "regionIds" && sameRegions(old, value)); !same {
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

// sameJSON reports whether two values differ only in how they are written: spaces, escapes
// and the order of properties.
func sameJSON(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var before, after any
	return json.Unmarshal(a, &before) == nil && json.Unmarshal(b, &after) == nil && reflect.DeepEqual(before, after)
}
