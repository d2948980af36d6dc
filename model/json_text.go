package model

import (
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"
)

// JSONText is a long text, as a JSON string in the JSON of a snapshot. A decoded copy would
// take as much memory again.
type JSONText struct {
	json         RawJSON
	start, bytes uint32 // of the string with its quotes
}

// NewJSONText returns a text as a JSON string.
func NewJSONText(s string) JSONText {
	quoted, _ := jsontext.AppendQuote(nil, s) // fails only for invalid UTF-8, which it replaces
	return JSONText{json: NewRawJSON(string(quoted)), bytes: uint32(len(quoted))}
}

// UnmarshalJSON decodes a string.
func (t *JSONText) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*t = NewJSONText(text)
	return nil
}

// String decodes the text on each call. The zero JSONText is empty.
func (t JSONText) String() string {
	if t.bytes == 0 {
		return ""
	}
	text, _ := jsontext.AppendUnquote(nil, t.json.String()[t.start:t.start+t.bytes])
	return string(text)
}

// Equal reports whether both are the same text.
func (t JSONText) Equal(other JSONText) bool { return t.String() == other.String() }
