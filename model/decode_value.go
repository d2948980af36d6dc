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
func optional[T any](d *decoder, into *Optional[T], read func() (T, bool, error)) error {
	if d.json.PeekKind() == 'n' {
		*into = Optional[T]{Presence: Null}
		return d.json.SkipValue()
	}
	v, ok, err := read()
	switch {
	case err != nil:
		return err
	case !ok:
		*into = Optional[T]{Presence: Unreadable}
	default:
		*into = Some(v)
	}
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
func valueOrZero[T any](d *decoder, into *T, read func() (T, bool, error)) error {
	var o Optional[T]
	err := optional(d, &o, read)
	*into = o.Value
	return err
}

// value reads a value, and returns where it starts in the JSON.
func (d *decoder) value() (value []byte, start int, err error) {
	value, err = d.json.ReadValue()
	return value, int(d.json.InputOffset()) - len(value), err
}

func (d *decoder) stringValue() (text string, ok bool, err error) {
	value, start, err := d.value()
	if err != nil || value[0] != '"' {
		return "", false, err
	}
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return d.raw[start+1 : start+1+len(inner)], true, nil
	}
	unquoted, _ := jsontext.AppendUnquote(make([]byte, 0, len(inner)), value)
	return string(unquoted), true, nil
}

// text reads a string without decoding it.
func (d *decoder) text() (text JSONText, ok bool, err error) {
	value, start, err := d.value()
	if err != nil || value[0] != '"' {
		return text, false, err
	}
	return JSONText{json: NewRawJSON(d.raw), start: uint32(start), bytes: uint32(len(value))}, true, nil
}

// stringList decodes a list of strings. A null element becomes an empty string.
func (d *decoder) stringList() (list []string, ok bool, err error) {
	if d.json.PeekKind() != '[' {
		return nil, false, d.json.SkipValue()
	}
	if _, err := d.json.ReadToken(); err != nil {
		return nil, false, err
	}
	list, ok = []string{}, true
	for d.json.PeekKind() != ']' {
		var element Optional[string]
		if err := optional(d, &element, d.stringValue); err != nil {
			return nil, false, err
		}
		list, ok = append(list, element.Value), ok && element.Presence != Unreadable
	}
	_, err = d.json.ReadToken()
	return list, ok, err
}

func (d *decoder) buildInfo() (build *BuildInfo, ok bool, err error) {
	if d.json.PeekKind() != '{' {
		return nil, false, d.json.SkipValue()
	}
	build = new(BuildInfo)
	return build, true, d.object(build.property)
}

func (d *decoder) boolean() (v, ok bool, err error) {
	value, _, err := d.value()
	if err != nil {
		return false, false, err
	}
	return value[0] == 't', value[0] == 't' || value[0] == 'f', nil
}

func (d *decoder) number() (v float64, ok bool, err error) {
	value, _, err := d.value()
	if err != nil || value[0] != '-' && (value[0] < '0' || value[0] > '9') {
		return 0, false, err
	}
	v, parseErr := strconv.ParseFloat(string(value), 64)
	return v, parseErr == nil, nil
}

// time decodes an RFC 3339 time.
func (d *decoder) time() (t time.Time, ok bool, err error) {
	value, _, err := d.value()
	if err != nil {
		return t, false, err
	}
	ok = t.UnmarshalJSON(value) == nil
	return t, ok, nil
}
