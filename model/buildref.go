package model

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// ExpectedRef is the snapshotRef that the server gives to this build, see
// [RecipeBuild.Ref]. It answers false where the Dockerfile was not sent.
func (b BuildInfo) ExpectedRef() (string, bool) {
	file, ok := b.DockerfileContent.Get()
	return RecipeBuild{DockerfileContent: file, ContextHashes: b.ContextHashes.Value}.Ref(), ok
}

// Ref is the snapshotRef that the server gives to a build of this Dockerfile and
// context: daytona-<sha256 of the Dockerfile and the sorted context hashes, one after
// the other>:daytona. Two builds with the same ref share a cache.
func (b RecipeBuild) Ref() string {
	hashes := slices.Sorted(slices.Values(b.ContextHashes))
	sum := sha256.Sum256([]byte(b.DockerfileContent + strings.Join(hashes, "")))
	return "daytona-" + hex.EncodeToString(sum[:]) + ":daytona"
}
