package model

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// ErrNoID is returned for JSON without an id, which every request about a snapshot needs.
var ErrNoID = errors.New("snapshot has no id")

// Decode decodes one snapshot and keeps a copy of its JSON. It accepts unknown properties
// and states, and missing values and values of an unexpected type. It returns an error
// only if raw is not a JSON object or has no id ([ErrNoID]).
//
// It parses raw once. Strings without escapes share the memory of the copy.
func Decode(raw []byte) (*Snapshot, error) {
	return new(decoder).snapshot(raw)
}

// property decodes the value of a property with a name of SnapshotDto.
func (s *Snapshot) property(d *decoder, name string) error {
	switch name {
	case "id":
		return valueOrZero(d, &s.ID, d.stringValue)
	case "organizationId":
		return optional(d, &s.OrganizationID, d.stringValue)
	case "name":
		return valueOrZero(d, &s.Name, d.stringValue)
	case "imageName":
		return optional(d, &s.ImageName, d.stringValue)
	case "state":
		return valueOrZero(d, (*string)(&s.State), d.stringValue)
	case "entrypoint":
		return optional(d, &s.Entrypoint, d.stringList)
	case "errorReason":
		return optional(d, &s.ErrorReason, d.stringValue)
	case "buildInfo":
		return optional(d, &s.BuildInfo, d.buildInfo)
	case "regionIds":
		return optional(d, &s.RegionIDs, d.stringList)
	case "initialRunnerId":
		return optional(d, &s.InitialRunnerID, d.stringValue)
	case "ref":
		return optional(d, &s.Ref, d.stringValue)
	case "gpuType":
		return optional(d, &s.GPUType, d.stringValue)
	case "sandboxClass":
		return optional(d, &s.SandboxClass, d.stringValue)
	case "sourceSandboxId":
		return optional(d, &s.SourceSandboxID, d.stringValue)
	default:
		return s.scalar(d, name)
	}
}

// scalar decodes the properties that are booleans, numbers or times, and skips unknown
// ones.
func (s *Snapshot) scalar(d *decoder, name string) error {
	switch name {
	case "general":
		return valueOrZero(d, &s.General, d.boolean)
	case "size":
		return optional(d, &s.Size, d.number)
	case "cpu":
		return optional(d, &s.CPU, d.number)
	case "gpu":
		return optional(d, &s.GPU, d.number)
	case "mem":
		return optional(d, &s.Mem, d.number)
	case "disk":
		return optional(d, &s.Disk, d.number)
	case "createdAt":
		return optionalTime(d, &s.CreatedAt)
	case "updatedAt":
		return optionalTime(d, &s.UpdatedAt)
	case "lastUsedAt":
		return optionalTime(d, &s.LastUsedAt)
	default:
		return d.json.SkipValue()
	}
}

// property decodes the value of a property of buildInfo.
func (b *BuildInfo) property(d *decoder, name string) error {
	switch name {
	case "dockerfileContent":
		return optional(d, &b.DockerfileContent, d.text)
	case "contextHashes":
		return optional(d, &b.ContextHashes, d.stringList)
	case "createdAt":
		return optionalTime(d, &b.CreatedAt)
	case "updatedAt":
		return optionalTime(d, &b.UpdatedAt)
	case "snapshotRef":
		return optional(d, &b.SnapshotRef, d.stringValue)
	default:
		return d.json.SkipValue()
	}
}

// decoder reads JSON as leniently as encoding/json does.
type decoder struct {
	input bytes.Buffer
	json  jsontext.Decoder
	raw   string // the same JSON, shared by the decoded strings
}

// snapshot decodes a snapshot.
func (d *decoder) snapshot(raw []byte) (*Snapshot, error) {
	d.raw = string(raw)
	d.input = *bytes.NewBuffer(raw)
	d.json.Reset(&d.input, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	s := &Snapshot{Raw: NewRawJSON(d.raw)}
	if err := d.object(s.property); err != nil {
		return nil, fmt.Errorf("decode snapshot: %w", err)
	}
	if err := d.expectEOF(); err != nil {
		return nil, fmt.Errorf("decode snapshot: %w", err)
	}
	if s.ID == "" {
		return nil, ErrNoID
	}
	return s, nil
}

// errNotAnObject is the error for valid JSON other than an object.
var errNotAnObject = errors.New("not a JSON object")

// object calls property for each property of an object. Null counts as an empty object.
func (d *decoder) object(property func(d *decoder, name string) error) error {
	switch kind := d.json.PeekKind(); kind {
	case 'n':
		return d.json.SkipValue()
	case '{':
	default:
		if err := d.json.SkipValue(); err != nil {
			return err
		}
		return errNotAnObject
	}
	if _, err := d.json.ReadToken(); err != nil {
		return err
	}
	for d.json.PeekKind() != '}' {
		name, err := d.json.ReadValue()
		if err != nil {
			return err
		}
		if err := property(d, propertyName(name)); err != nil {
			return err
		}
	}
	_, err := d.json.ReadToken()
	return err
}

// expectEOF returns an error unless the input ends here.
func (d *decoder) expectEOF() error {
	_, err := d.json.ReadToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return errors.New("more than one JSON value")
	default:
		return err
	}
}

// propertyName returns the name of a property as spelled in SnapshotDto, "" if it is
// unknown. It ignores case, like encoding/json.
func propertyName(quoted []byte) string {
	name := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		name, _ = jsontext.AppendUnquote(nil, quoted)
	}
	for _, known := range propertyNames {
		if string(name) == known {
			return known
		}
	}
	for _, known := range propertyNames {
		if strings.EqualFold(known, string(name)) {
			return known
		}
	}
	return ""
}

// propertyNames are the properties of a snapshot and of its buildInfo.
var propertyNames = []string{
	"id", "organizationId", "general", "name", "imageName", "state", "size", "entrypoint",
	"cpu", "gpu", "mem", "disk", "errorReason", "createdAt", "updatedAt", "lastUsedAt",
	"buildInfo", "regionIds", "initialRunnerId", "ref", "gpuType", "sandboxClass", "sourceSandboxId",
	"dockerfileContent", "contextHashes", "snapshotRef",
}
