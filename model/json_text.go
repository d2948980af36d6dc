package model

import (
	"encoding/json"

	"github.com/go-json-experiment/json/jsontext"
)

// JSONText is a long text as a JSON string, with its quotes. It shares the memory of a
// snapshot's JSON, where a decoded copy would take as much again.
type JSONText string

// UnmarshalJSON keeps the JSON of a string.
func (t *JSONText) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	*t = JSONText(data)
	return nil
}

// String decodes the text on each call. The zero JSONText is empty.
func (t JSONText) String() string {
	if t == "" {
		return ""
	}
	text, _ := jsontext.AppendUnquote(nil, t)
	return string(text)
}
