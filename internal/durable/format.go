package durable

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Format is the name of a kind of file and the version of its content. A file looks like
//
//	{"format": "name", "version": 1, "checksum": "…", "content": {…}}
//
// Files of older programs have no checksum.
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
	Format   string          `json:"format"`
	Version  int             `json:"version"`
	Checksum string          `json:"checksum,omitempty"`
	Content  json.RawMessage `json:"content"`
}

// checksum is the hexadecimal SHA-256 of the other fields, with the content without
// insignificant spaces.
func (e envelope) checksum() (string, error) {
	var content bytes.Buffer
	if err := json.Compact(&content, e.Content); err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%s", e.Format, e.Version, content.Bytes()))
	return hex.EncodeToString(sum[:]), nil
}

// Encode returns v in this format, indented.
func (f Format) Encode(v any) ([]byte, error) {
	var content, out bytes.Buffer
	if err := encoderTo(&content).Encode(v); err != nil {
		return nil, err
	}
	e := envelope{Format: f.Name, Version: f.Version, Content: content.Bytes()}
	var err error
	if e.Checksum, err = e.checksum(); err != nil {
		return nil, err
	}
	err = encoderTo(&out).Encode(e)
	return out.Bytes(), err
}

func encoderTo(out io.Writer) *json.Encoder {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder
}

// Decode parses data into v. It returns a [*VersionError] for another version and
// [ErrForeign] for another format or a wrong checksum; v is undefined then.
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
	// A damaged name of the checksum must not pass for a file without one.
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&e); err != nil {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	if sum, err := e.checksum(); e.Checksum != "" && (err != nil || sum != e.Checksum) {
		return fmt.Errorf("%w: wrong checksum", ErrForeign)
	}
	if err := json.Unmarshal(e.Content, v); err != nil {
		return fmt.Errorf("%w: %w", ErrForeign, err)
	}
	return nil
}
