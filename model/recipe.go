package model

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Recipe is the body of a create request: everything that the API takes to make a
// snapshot. Memory and disk are whole GiB.
type Recipe struct {
	Name         string       `json:"name"`
	ImageName    string       `json:"imageName,omitempty"`
	BuildInfo    *RecipeBuild `json:"buildInfo,omitempty"`
	Entrypoint   []string     `json:"entrypoint,omitempty"` // refused together with BuildInfo
	CPU          *int         `json:"cpu,omitempty"`
	Memory       *int         `json:"memory,omitempty"`
	Disk         *int         `json:"disk,omitempty"`
	GPU          *int         `json:"gpu,omitempty"`
	GPUType      []string     `json:"gpuType,omitempty"`
	RegionID     string       `json:"regionId,omitempty"`
	SandboxClass string       `json:"sandboxClass,omitempty"`
}

// RecipeBuild is the Dockerfile part of a [Recipe].
type RecipeBuild struct {
	DockerfileContent string   `json:"dockerfileContent"`
	ContextHashes     []string `json:"contextHashes,omitempty"`
}

// ExpectedRef returns the snapshotRef that the server computes for this build, see
// [RecipeBuild.Ref]. It returns false if the server did not send the Dockerfile.
func (b BuildInfo) ExpectedRef() (string, bool) {
	file, ok := b.Dockerfile()
	return RecipeBuild{DockerfileContent: file, ContextHashes: b.ContextHashes.Value}.Ref(), ok
}

// Ref returns the snapshotRef that the server computes for this build:
// daytona-<hex>:daytona, with the SHA-256 of the Dockerfile followed by the sorted context
// hashes. Builds with the same ref share a cache. The formula is not documented; it was
// verified with the refs in recipe_test.go.
func (b RecipeBuild) Ref() string {
	hashes := slices.Sorted(slices.Values(b.ContextHashes))
	sum := sha256.Sum256([]byte(b.DockerfileContent + strings.Join(hashes, "")))
	return "daytona-" + hex.EncodeToString(sum[:]) + ":daytona"
}
