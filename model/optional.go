package model

import (
	"bytes"
	"encoding/json"
)

// Presence is how a property occurs in JSON.
type Presence uint8

// The presences.
const (
	Absent     Presence = iota // the property is missing
	Null                       // the property is null
	Present                    // the property has a value of the expected type
	Unreadable                 // the property has a value of another type, which only the raw JSON has
)

// Optional is a property that a server may omit or set to null. Value is the zero value
// unless Presence is [Present].
type Optional[T any] struct {
	Value    T
	Presence Presence
}

// Some returns a present value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Presence: Present} }

// Get returns the value and whether it is present.
func (o Optional[T]) Get() (T, bool) { return o.Value, o.Presence == Present }

// Or returns the value, or fallback if it is not present.
func (o Optional[T]) Or(fallback T) T {
	if o.Presence == Present {
		return o.Value
	}
	return fallback
}

// UnmarshalJSON never fails: a value of another type becomes
// [Unreadable], so that an unexpected property of a newer server does not hide a whole
// snapshot.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*o = Optional[T]{Presence: Null}
		return nil
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		*o = Optional[T]{Presence: Unreadable}
		return nil //nolint:nilerr // Unreadable reports the error
	}
	*o = Optional[T]{Value: v, Presence: Present}
	return nil
}
