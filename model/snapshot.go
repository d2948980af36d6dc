package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Snapshot is one reusable sandbox template: every property of the schema
// SnapshotDto, those that real servers add, and the JSON they came from. A
// Snapshot is never changed after it was decoded, so pointers to it are shared
// freely.
type Snapshot struct {
	ID             string              `json:"id"`
	OrganizationID Optional[string]    `json:"organizationId"`
	General        bool                `json:"general"` // offered by the vendor to everybody
	Name           string              `json:"name"`
	ImageName      Optional[string]    `json:"imageName"` // "" for a Dockerfile build
	State          State               `json:"state"`
	Size           Optional[float64]   `json:"size"` // GB
	Entrypoint     Optional[[]string]  `json:"entrypoint"`
	CPU            Optional[float64]   `json:"cpu"`  // cores
	GPU            Optional[float64]   `json:"gpu"`  // devices
	Mem            Optional[float64]   `json:"mem"`  // GiB
	Disk           Optional[float64]   `json:"disk"` // GiB
	ErrorReason    Optional[string]    `json:"errorReason"`
	CreatedAt      Optional[time.Time] `json:"createdAt"`
	UpdatedAt      Optional[time.Time] `json:"updatedAt"`
	LastUsedAt     Optional[time.Time] `json:"lastUsedAt"`
	BuildInfo      Optional[BuildInfo] `json:"buildInfo"`
	RegionIDs      Optional[[]string]  `json:"regionIds"`
	// InitialRunnerID is the runner that built or pulled it first.
	InitialRunnerID Optional[string] `json:"initialRunnerId"`
	Ref             Optional[string] `json:"ref"`

	// Not in the schema, sent by real servers.
	GPUType         Optional[string] `json:"gpuType"`
	SandboxClass    Optional[string] `json:"sandboxClass"`
	SourceSandboxID Optional[string] `json:"sourceSandboxId"` // set where it was taken from a sandbox

	// Raw is exactly what the server sent.
	Raw json.RawMessage `json:"-"`
}

// BuildInfo tells how a snapshot is built from a Dockerfile.
type BuildInfo struct {
	DockerfileContent Optional[string]    `json:"dockerfileContent"`
	ContextHashes     Optional[[]string]  `json:"contextHashes"`
	CreatedAt         Optional[time.Time] `json:"createdAt"`
	UpdatedAt         Optional[time.Time] `json:"updatedAt"`
	SnapshotRef       Optional[string]    `json:"snapshotRef"`
}

// ErrNoID is the answer to JSON that cannot be a snapshot: nothing could be done
// with it, since every call needs the id.
var ErrNoID = errors.New("a snapshot without an id")

// Decode reads one snapshot and keeps a copy of its JSON. Unknown properties,
// unknown states, missing and odd values are all accepted; an error is returned
// only where raw is no JSON object or has no usable id ([ErrNoID]).
func Decode(raw []byte) (*Snapshot, error) {
	var lax struct {
		Snapshot
		// These shadow the plain fields, so that an odd value costs the
		// property and not the snapshot.
		ID      Optional[string] `json:"id"`
		General Optional[bool]   `json:"general"`
		Name    Optional[string] `json:"name"`
		State   Optional[string] `json:"state"`
	}
	if err := json.Unmarshal(raw, &lax); err != nil {
		return nil, fmt.Errorf("decode snapshot: %w", err)
	}
	if lax.ID.Value == "" {
		return nil, ErrNoID
	}
	s := lax.Snapshot
	s.ID, s.General, s.Name = lax.ID.Value, lax.General.Value, lax.Name.Value
	s.State = State(lax.State.Value)
	s.Raw = slices.Clone(raw)
	return &s, nil
}

// Dockerfile returns the Dockerfile and whether the server sent one.
func (s *Snapshot) Dockerfile() (string, bool) {
	return s.BuildInfo.Value.DockerfileContent.Get()
}

// ShortID is the first eight characters of the id, enough to tell two
// snapshots apart on a screen.
func (s *Snapshot) ShortID() string {
	if len(s.ID) > 8 {
		return s.ID[:8]
	}
	return s.ID
}

// InRegion reports whether the snapshot is available in the region.
func (s *Snapshot) InRegion(id string) bool { return slices.Contains(s.RegionIDs.Value, id) }

// Property is a property of a snapshot that this package does not know.
type Property struct {
	Name  string
	Value string // as JSON
}

// UnknownProperties returns the properties of the JSON that a newer server
// added, sorted by name. It parses the JSON anew: for one snapshot on the
// screen, not for a list.
func (s *Snapshot) UnknownProperties() []Property {
	var all map[string]json.RawMessage
	if json.Unmarshal(s.Raw, &all) != nil {
		return nil
	}
	known := jsonNames(reflect.TypeFor[Snapshot]())
	var unknown []Property
	for name, value := range all {
		if !known[strings.ToLower(name)] {
			unknown = append(unknown, Property{Name: name, Value: string(value)})
		}
	}
	slices.SortFunc(unknown, func(a, b Property) int { return strings.Compare(a.Name, b.Name) })
	return unknown
}

// jsonNames returns the names of t's JSON properties in lower case, since
// encoding/json matches them without regard to case.
func jsonNames(t reflect.Type) map[string]bool {
	names := make(map[string]bool, t.NumField())
	for field := range t.Fields() {
		if name := field.Tag.Get("json"); name != "-" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}
