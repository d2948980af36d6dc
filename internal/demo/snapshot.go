package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash/fnv"
	"slices"
	"strings"
)

// state is a snapshot's state. The values have the order of the server's database, which sort=state
// uses.
type state uint8

const (
	pending state = iota
	pulling
	active
	inactive
	building
	failed
	buildFailed
	removing
	snapshotting
)

var stateNames = [...]string{
	pending: "pending", pulling: "pulling", active: "active", inactive: "inactive", building: "building",
	failed: "error", buildFailed: "build_failed", removing: "removing", snapshotting: "snapshotting",
}

func (s state) String() string { return stateNames[s] }

// usesQuota reports whether a snapshot in state s counts against the quota.
func (s state) usesQuota() bool { return s == pending || s == pulling || s == active || s == building }

// noSize is the size before the image was inspected, null in the API.
const noSize = -1

// snapshot is a row of the database. Empty strings are null in the API if it allows null.
type snapshot struct {
	id, org, name, lowerName string
	image                    string
	state                    state
	general                  bool
	size                     float64 // GB, or noSize
	entrypoint               []string
	cpu, gpu, mem, disk      int
	gpuType                  string
	reason                   string
	created, updated         millis
	used                     millis
	build                    *buildInfo
	regions                  []string
	runner, ref              string
	class                    string
	sourceSandbox            string

	index        int    // in world.rows
	version      uint64 // of the world at the last change
	removalStuck bool   // it stays in removing
	deleted      bool   // only cached lists and running jobs refer to it
	unlisted     bool   // not in the organization's list
	protected    bool   // fixture or created by a client: not changed by random events
	job          *job   // the last build or pull
}

// joinedFor returns the snapshot as a list sends it. The server joins regions without an
// order: the same list repeats its order, but another one and a GET by id have their own.
func (s *snapshot) joinedFor(by listOrder) *snapshot {
	n := len(s.regions)
	if n < 2 {
		return s
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.id + by.field)) // it never fails
	first := int(h.Sum32() % uint32(n))
	if by.descending {
		first = (first + 1) % n
	}
	joined := *s
	joined.regions = append(slices.Clone(s.regions[first:]), s.regions[:first]...)
	return &joined
}

// buildInfo is a Dockerfile with its context. Snapshots with the same ref share it.
type buildInfo struct {
	dockerfile       string
	hashes           []string // nil means null
	created, updated millis
	ref              string
}

// registry is the start of every ref.
const registry = "registry.daytona.io/daytona/"

// buildRef returns the ref of a Dockerfile: the SHA-256 of its text and the sorted context hashes.
func buildRef(dockerfile string, hashes []string) string {
	h := sha256.New()
	h.Write([]byte(dockerfile))
	for _, hash := range slices.Sorted(slices.Values(hashes)) {
		h.Write([]byte(hash))
	}
	return imageRef(hex.EncodeToString(h.Sum(nil)))
}

// imageRef returns the ref of an image with that digest.
func imageRef(digest string) string { return "daytona-" + digest + ":daytona" }

// imageDigest returns a synthetic digest of an image, or the digest in its name.
func imageDigest(image string) string {
	if _, digest, ok := strings.Cut(image, "@sha256:"); ok {
		return digest
	}
	sum := sha256.Sum256([]byte("image " + image))
	return hex.EncodeToString(sum[:])
}

// entrypointOf returns the entrypoint that the server reads from a Dockerfile: the last non-empty
// ENTRYPOINT, even in a comment, as a list or as one word without quotes. The default is sleep
// infinity, and an empty list means none.
func entrypointOf(dockerfile string) []string {
	const word = "ENTRYPOINT"
	rest := dockerfile
	for {
		i := strings.LastIndex(rest, word)
		if i < 0 {
			return []string{"sleep", "infinity"}
		}
		after := dockerfile[i+len(word):]
		raw := strings.TrimLeft(after, " \t\r\n\v\f")
		if raw != after {
			raw, _, _ = strings.Cut(raw, "\n")
			return parseEntrypoint(strings.TrimSpace(raw))
		}
		rest = dockerfile[:i]
	}
}

func parseEntrypoint(raw string) []string {
	var list []string
	if json.Unmarshal([]byte(raw), &list) != nil {
		list = []string{strings.NewReplacer(`"`, "", `'`, "").Replace(raw)}
	}
	return processEntrypoint(list)
}

// processEntrypoint removes blank words and returns nil if none remain.
func processEntrypoint(words []string) []string {
	words = slices.DeleteFunc(words, func(word string) bool { return strings.TrimSpace(word) == "" })
	if len(words) == 0 {
		return nil
	}
	return words
}
