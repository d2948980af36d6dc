package model

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// optional decodes a value into a property. A value that read rejects becomes
// [Unreadable].
func optional[T any](d *decoder, into *Optional[T], read func(value []byte, at int) (T, bool)) error {
	value, err := d.json.ReadValue()
	if err != nil {
		return err
	}
	if value.Kind() == 'n' {
		*into = Optional[T]{Presence: Null}
		return nil
	}
	v, ok := read(value, int(d.json.InputOffset())-len(value))
	if !ok {
		*into = Optional[T]{Presence: Unreadable}
		return nil
	}
	*into = Some(v)
	return nil
}

func optionalTime(d *decoder, into *OptionalTime) error {
	var t Optional[time.Time]
	err := optional(d, &t, d.time)
	*into = packTime(t)
	return err
}

// valueOrZero decodes a value into a property, which becomes zero if read rejects the
// value.
func valueOrZero[T any](d *decoder, into *T, read func(value []byte, at int) (T, bool)) error {
	var o Optional[T]
	err := optional(d, &o, read)
	*into = o.Value
	return err
}

// stringValue decodes a string at an offset in the JSON.
func (d *decoder) stringValue(value []byte, at int) (string, bool) {
	if value[0] != '"' {
		return "", false
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return d.raw[at+1 : at+1+len(inner)], true
	}
	unquoted, _ := jsontext.AppendUnquote(make([]byte, 0, len(inner)), value)
	return string(unquoted), true
}

// text returns a string at an offset in the JSON without decoding it.
func (d *decoder) text(value []byte, at int) (JSONText, bool) {
	return JSONText{json: NewRawJSON(d.raw), start: uint32(at), bytes: uint32(len(value))}, value[0] == '"'
}

// stringList decodes a list of strings into a property. A null element becomes an empty
// string.
func (d *decoder) stringList(into *Optional[[]string]) error {
	if d.json.PeekKind() != '[' {
		return wrongType(d, into)
	}
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	*into = Some([]string{})
	for d.json.PeekKind() != ']' {
		var element Optional[string]
		if err := optional(d, &element, d.stringValue); err != nil {
			return err
		}
		if element.Presence == Unreadable {
			*into = Optional[[]string]{Presence: Unreadable}
		}
		if into.Presence == Present {
			into.Value = append(into.Value, element.Value)
		}
	}
	_, err := d.json.ReadToken()
	return err
}

func (d *decoder) buildInfo(into *Optional[*BuildInfo]) error {
	if d.json.PeekKind() != '{' {
		return wrongType(d, into)
	}
	*into = Some(new(BuildInfo))
	return d.object(into.Value.property)
}

// wrongType skips a value that is null or not of the type of its property.
func wrongType[T any](d *decoder, into *Optional[T]) error {
	return optional(d, into, func([]byte, int) (v T, ok bool) { return v, false })
}

func (*decoder) boolean(value []byte, _ int) (v, ok bool) {
	return value[0] == 't', value[0] == 't' || value[0] == 'f'
}

func (*decoder) number(value []byte, _ int) (float64, bool) {
	if value[0] != '-' && (value[0] < '0' || value[0] > '9') {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(value), 64)
	return f, err == nil
}

// time decodes an RFC 3339 time.
func (*decoder) time(value []byte, _ int) (time.Time, bool) {
	var t time.Time
	err := t.UnmarshalJSON(value)
	return t, err == nil
}
