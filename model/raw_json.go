package model

import "github.com/klauspost/compress/s2"

// RawJSON is JSON exactly as the server sent it. A [Decoder] compresses that of a long list.
type RawJSON struct {
	text string
	dict *s2.Dict // text is compressed with it, nil for plain text
}

// NewRawJSON returns JSON that is not compressed.
func NewRawJSON(text string) RawJSON { return RawJSON{text: text} }

// String decompresses the JSON on each call.
func (r RawJSON) String() string {
	if r.dict == nil {
		return r.text
	}
	plain, _ := r.dict.Decode(nil, []byte(r.text)) // cannot fail, since a Decoder compressed it
	return string(plain)
}

// Equal reports whether both are the same bytes.
func (r RawJSON) Equal(other RawJSON) bool {
	if r.dict == other.dict {
		return r.text == other.text // the same bytes are always compressed to the same ones
	}
	return r.String() == other.String()
}
