package query

import "strings"

// parts are the parts of a ref or of an image. A ref of this platform looks like
//
//	registry.example.com/daytona/daytona-3fa2…(64 hex digits)…e91c:daytona
//
// and most of it says nothing: the registry, "daytona-" and ":daytona" are the
// same in nearly all refs, so scattered letters would find them everywhere (those
// of "node" in nine rows of ten). And nobody types scattered letters of a digest,
// while any short word of hex digits can be found scattered in one. So scattered
// letters may hit only the own part of a ref, with its digest cut down to what a
// screen shows of it ([briefly]). A word that is contained in one piece is looked
// for in the whole ref.
type parts struct{ head, own, tail string }

func partsOf(ref string) parts {
	const prefix = "daytona-"
	start := strings.LastIndexByte(ref, '/') + 1
	if strings.HasPrefix(ref[start:], prefix) {
		start += len(prefix)
	} else {
		start = hostLen(ref)
	}
	end := len(strings.TrimSuffix(ref, ":daytona")) // it cannot reach into the start
	return parts{head: ref[:start], own: ref[start:end], tail: ref[end:]}
}

// hostLen is the length of the registry at the start of an image, its slash
// included. As in Docker it is one where it cannot be an organization.
func hostLen(image string) int {
	host, _, ok := strings.Cut(image, "/")
	if !ok || !strings.ContainsAny(host, ".:") && host != "localhost" {
		return 0
	}
	return len(host) + 1
}

// digestLen is the length of the digest at the end of s, 0 where there is none.
func digestLen(s string) int {
	const shortest = 32
	digits := 0
	for digits < len(s) && isHex(s[len(s)-1-digits]) {
		digits++
	}
	if digits < shortest {
		return 0
	}
	return digits
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// briefly cuts the middle out of the digest at the end of s: scattered letters may
// hit s[:cut] and s[back:].
func briefly(length, digest int) (cut, back int) {
	const first, last = 8, 4
	if digest == 0 {
		return length, length
	}
	return length - digest + first, length - last
}
