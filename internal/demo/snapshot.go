package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// state is a snapshot's state. The values are in the order of the server's database type, by which sort=state
// sorts.
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

// counts tells whether a snapshot in state s uses up the organization's quota.
func (s state) usesQuota() bool { return s == pending || s == pulling || s == active || s == building }

// noSize is the size of a snapshot whose image was not inspected yet; the API shows null.
const noSize = -1

// snapshot is one row. Strings that are empty are null in the API where the API has null for them.
type snapshot struct {
	id, org, name, lowerName string // folded is the name in lower case
	image                 string
	state                 state
	general               bool
	size                  float64 // GB, or noSize
	entrypoint            []string
	cpu, gpu, mem, disk   int
	gpuType               string
	reason                string
	created, updated      millis
	used                  millis
	build                 *buildInfo
	regions               []string
	runner, ref           string
	class                 string
	sourceSandbox         string

	index   int    // in world.rows
	version uint64 // of the world, when this row changed last
	removalStuck   bool   // its clean-up fails: it stays in removing
	deleted    bool   // taken away: held only by an old order or a running job
	unlisted bool   // not in the organization's list
	protected    bool   // part of the story or made by a client: life leaves it alone
	job     *job   // the build or pull that ran last
}

// buildInfo is a Dockerfile and its context. The server keeps one for each ref, so twins share it.
type buildInfo struct {
	dockerfile       string
	hashes           []string // nil is null
	created, updated millis
	ref              string
}

// registry is where built and pulled images are kept; a snapshot's ref begins with it.
const registry = "registry.daytona.io/daytona/"

// buildRef is the name under which a Dockerfile's image is stored: the SHA-256 of its text followed by the
// sorted context hashes.
func buildRef(dockerfile string, hashes []string) string {
	h := sha256.New()
	h.Write([]byte(dockerfile))
	for _, hash := range slices.Sorted(slices.Values(hashes)) {
		h.Write([]byte(hash))
	}
	return imageRef(hex.EncodeToString(h.Sum(nil)))
}

// imageRef is the name under which an image with that digest is stored.
func imageRef(digest string) string { return "daytona-" + digest + ":daytona" }

// digestOf invents the digest to which an image's tag resolves; a digest in the name is the digest.
func imageDigest(image string) string {
	if _, digest, ok := strings.Cut(image, "@sha256:"); ok {
		return digest
	}
	sum := sha256.Sum256([]byte("image " + image))
	return hex.EncodeToString(sum[:])
}

// entrypointOf is what the server reads from a Dockerfile: the last ENTRYPOINT that something follows, as a list
// where it is one, else as one word without quotes; sleep infinity where there is none. An empty list is no
// entrypoint. It does not care whether the word stands in a comment.
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

// processEntrypoint leaves out words that are blank; without any word there is no entrypoint.
func processEntrypoint(words []string) []string {
	words = slices.DeleteFunc(words, func(word string) bool { return strings.TrimSpace(word) == "" })
	if len(words) == 0 {
		return nil
	}
	return words
}
