package model

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// ExpectedRef is the snapshotRef that the server gives to a build of this
// Dockerfile and context: daytona-<sha256 of the Dockerfile and the sorted context
// hashes, one after the other>:daytona. It answers false where the Dockerfile was
// not sent. Two builds with the same ref share a cache.
func (b BuildInfo) ExpectedRef() (string, bool) {
	file, ok := b.DockerfileContent.Get()
	if !ok {
		return "", false
	}
	hashes := slices.Sorted(slices.Values(b.ContextHashes.Value))
	sum := sha256.Sum256([]byte(file + strings.Join(hashes, "")))
	return "daytona-" + hex.EncodeToString(sum[:]) + ":daytona", true
}
