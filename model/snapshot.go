package model

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// Snapshot is a reusable sandbox template. It has the properties of the schema
// SnapshotDto, those that real servers add, and their JSON. A Snapshot is not modified
// after [Decode], so pointers to it can be shared.
type Snapshot struct {
	ID             string               `json:"id"`
	OrganizationID Optional[string]     `json:"organizationId"`
	General        bool                 `json:"general"` // offered by Daytona to all organizations
	Name           string               `json:"name"`
	ImageName      Optional[string]     `json:"imageName"` // "" for a Dockerfile build
	State          State                `json:"state"`
	Size           Optional[float64]    `json:"size"` // GB
	Entrypoint     Optional[[]string]   `json:"entrypoint"`
	CPU            Optional[float64]    `json:"cpu"`  // cores
	GPU            Optional[float64]    `json:"gpu"`  // devices
	Mem            Optional[float64]    `json:"mem"`  // GiB
	Disk           Optional[float64]    `json:"disk"` // GiB
	ErrorReason    Optional[string]     `json:"errorReason"`
	CreatedAt      OptionalTime         `json:"createdAt"`
	UpdatedAt      OptionalTime         `json:"updatedAt"`
	LastUsedAt     OptionalTime         `json:"lastUsedAt"`
	BuildInfo      Optional[*BuildInfo] `json:"buildInfo"`
	RegionIDs      Optional[[]string]   `json:"regionIds"`
	// InitialRunnerID is the runner that first built or pulled the snapshot.
	InitialRunnerID Optional[string] `json:"initialRunnerId"`
	Ref             Optional[string] `json:"ref"`

	// Not in the published schema, but sent by real servers.
	GPUType         Optional[string] `json:"gpuType"`
	SandboxClass    Optional[string] `json:"sandboxClass"`
	SourceSandboxID Optional[string] `json:"sourceSandboxId"` // set if it was created from a sandbox

	// Raw is the JSON exactly as the server sent it.
	Raw RawJSON `json:"-"`
}

// BuildInfo describes the build of a snapshot from a Dockerfile.
type BuildInfo struct {
	DockerfileContent Optional[JSONText] `json:"dockerfileContent"`
	ContextHashes     Optional[[]string] `json:"contextHashes"`
	CreatedAt         OptionalTime       `json:"createdAt"`
	UpdatedAt         OptionalTime       `json:"updatedAt"`
	SnapshotRef       Optional[string]   `json:"snapshotRef"`
}

// Build returns how the snapshot was built, the zero value if the server did not send it.
func (s *Snapshot) Build() BuildInfo {
	if build := s.BuildInfo.Value; build != nil {
		return *build
	}
	return BuildInfo{}
}

// Dockerfile returns the Dockerfile, and false if the server did not send one.
func (s *Snapshot) Dockerfile() (string, bool) {
	return s.Build().Dockerfile()
}

// HasDockerfile reports whether the server sent a Dockerfile. It costs less than
// [Snapshot.Dockerfile], which decodes it.
func (s *Snapshot) HasDockerfile() bool {
	return s.Build().DockerfileContent.Presence == Present
}

// Dockerfile returns the Dockerfile, and false if the server did not send one.
func (b BuildInfo) Dockerfile() (string, bool) {
	quoted, ok := b.DockerfileContent.Get()
	return quoted.String(), ok
}

// ShortID returns the first eight bytes of the id, enough to identify a snapshot on the
// screen.
func (s *Snapshot) ShortID() string {
	if len(s.ID) > 8 {
		return s.ID[:8]
	}
	return s.ID
}

// InRegion reports whether the snapshot is available in the region with the id.
func (s *Snapshot) InRegion(id string) bool { return slices.Contains(s.RegionIDs.Value, id) }

// SnapshotPath returns the path of a snapshot below the URL of the API, with slashes and
// other special characters escaped. The API also accepts a name as the id. Requests,
// confirmations and journal entries share this text, so they can be compared.
func SnapshotPath(id string) string { return "/snapshots/" + url.PathEscape(id) }

// Property is a JSON property of a snapshot that is unknown to this package.
type Property struct {
	Name  string
	Value string // JSON
}

// UnknownProperties returns the properties that a newer server added, sorted by name. It
// parses the JSON on each call, so use it for single snapshots, not for lists.
func (s *Snapshot) UnknownProperties() []Property {
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(s.Raw.String()), &all) != nil {
		return nil
	}
	known := jsonPropertyNames(reflect.TypeFor[Snapshot]())
	var unknown []Property
	for name, value := range all {
		if !known[strings.ToLower(name)] {
			unknown = append(unknown, Property{Name: name, Value: string(value)})
		}
	}
	slices.SortFunc(unknown, func(a, b Property) int { return strings.Compare(a.Name, b.Name) })
	return unknown
}

// jsonPropertyNames returns the names of t's JSON properties in lower case, since
// encoding/json ignores case.
func jsonPropertyNames(t reflect.Type) map[string]bool {
	names := make(map[string]bool, t.NumField())
	for field := range t.Fields() {
		if name := field.Tag.Get("json"); name != "-" {
			names[strings.ToLower(name)] = true
		}
	}
	return names
}
