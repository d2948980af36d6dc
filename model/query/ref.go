package query

import "strings"

// A ref of this platform looks like
//
//	registry.example.com/daytona/daytona-3fa2…(64 hex digits)…e91c:daytona
//
// and most of it says nothing: the registry, "daytona-" and ":daytona" are the
// same in nearly all refs, so that scattered letters would find them everywhere
// (the letters of "node" in nine rows of ten). And nobody types scattered letters
// of a digest, in which any short word of hex digits can be found. So scattered
// letters look at less than the whole:
//
//   - own: the ref without what most refs have in common,
//   - brief: own with a digest shortened to what a screen shows of it.
//
// A word that is contained literally is looked for in the whole ref.
type parts struct{ head, own, tail string }

// partsOf splits a ref, or an image, into what it has in common with others and
// its own.
func partsOf(ref string) parts {
	start := 0
	if i := strings.LastIndex(ref, "daytona-"); i == 0 || i > 0 && ref[i-1] == '/' {
		start = i + len("daytona-")
	} else if host, _, ok := strings.Cut(ref, "/"); ok && (strings.ContainsAny(host, ".:") || host == "localhost") {
		start = len(host) + 1
	}
	end := len(ref)
	if rest, ok := strings.CutSuffix(ref, ":daytona"); ok && len(rest) > start {
		end = len(rest)
	}
	return parts{head: ref[:start], own: ref[start:end], tail: ref[end:]}
}

// What is left of a digest at the end of a ref, and from which length on a run of
// hex digits is one (a git commit and every longer hash).
const (
	briefHead   = 8
	briefTail   = 4
	digestShort = 32
)

// briefCut returns where a digest at the end of own is cut: what scattered letters
// may hit is own[:cut] and own[back:].
func briefCut[S string | []byte](own S) (cut, back int) {
	digits := 0
	for digits < len(own) && isHex(own[len(own)-1-digits]) {
		digits++
	}
	if digits < digestShort {
		return len(own), len(own)
	}
	return len(own) - digits + briefHead, len(own) - briefTail
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
