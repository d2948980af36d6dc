package model

import (
	"bytes"
	"encoding/json"
	"time"
)

// Presence says what a server sent for a property.
type Presence uint8

// The four answers a server can give for one property.
const (
	Absent     Presence = iota // the property is not in the JSON
	Null                       // the property is null
	Present                    // the property has a value of the expected type
	Unreadable                 // the property has a value of another type; the raw JSON still holds it
)

// Optional is a property that a server may leave out, set to null or set.
// Value is the zero value unless Presence is [Present].
type Optional[T any] struct {
	Value    T
	Presence Presence
}

// Some returns a present value.
func Some[T any](v T) Optional[T] { return Optional[T]{Value: v, Presence: Present} }

// Get returns the value and whether there is one.
func (o Optional[T]) Get() (T, bool) { return o.Value, o.Presence == Present }

// Or returns the value, or fallback where there is none.
func (o Optional[T]) Or(fallback T) T {
	if o.Presence == Present {
		return o.Value
	}
	return fallback
}

// UnmarshalJSON never fails: a value of another type becomes [Unreadable], so
// that one odd property of a newer server does not hide a whole snapshot. A time
// becomes UTC.
func (o *Optional[T]) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*o = Optional[T]{Presence: Null}
		return nil
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		*o = Optional[T]{Presence: Unreadable}
		return nil //nolint:nilerr // Unreadable is the error, kept with the property
	}
	if at, ok := any(&v).(*time.Time); ok {
		*at = at.UTC()
	}
	*o = Optional[T]{Value: v, Presence: Present}
	return nil
}
