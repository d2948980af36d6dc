package durable

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Format is the name of a kind of file and the version of its content. A file looks like
//
//	{"format": "name", "version": 1, "content": {…}}
type Format struct {
	Name    string
	Version int
}

// ErrForeign is the error for a file that has another format or cannot be parsed.
var ErrForeign = errors.New("not a file of this format")

// VersionError is the error for a file with another version, most likely of a newer
// program. Such a file must not be changed.
type VersionError struct {
	Format  string
	Version int // of the file
}

// Error implements error.
func (e *VersionError) Error() string {
	return fmt.Sprintf("%s has version %d, which this program does not know", e.Format, e.Version)
}

type envelope struct {
	Format  string          `json:"format"`
	Version int             `json:"version"`
	Content json.RawMessage `json:"content"`
}

// Encode returns v in this format, indented.
func (f Format) Encode(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
		Content any    `json:"content"`
	}{f.Name, f.Version, v})
	return out.Bytes(), err
}

// Decode parses data into v. It returns a [*VersionError] for another version and
// [ErrForeign] for another format; v is undefined then.
func (f Format) Decode(data []byte, v any) error {
	var e envelope
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	if e.Format != f.Name {
		return fmt.Errorf("%w: format %q", ErrForeign, e.Format)
	}
	if e.Version != f.Version {
		return &VersionError{Format: e.Format, Version: e.Version}
	}
	if err := json.Unmarshal(e.Content, v); err != nil {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return nil
}
