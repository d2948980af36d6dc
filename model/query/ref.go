package query

import "strings"

// refParts are the parts of a ref. A ref of this platform looks like
//
//	registry.example.com/daytona/daytona-3fa2…(64 hex digits)…e91c:daytona
//
// The registry, "daytona-" and ":daytona" are the same in nearly all refs, so a
// subsequence match would find their letters everywhere ("node" in nine rows of
// ten). The digits of a digest contain almost any short run of hex digits as a
// subsequence. Subsequence matches are therefore limited to the unique part, with
// its digest shortened as on the screen ([digestGap]). Substrings are searched for
// in the whole ref.
type refParts struct{ prefix, unique, suffix string }

func splitRef(ref string) refParts {
	const prefix = "daytona-"
	start := strings.LastIndexByte(ref, '/') + 1
	if strings.HasPrefix(ref[start:], prefix) {
		start += len(prefix)
	} else {
		start = hostLen(ref)
	}
	end := len(strings.TrimSuffix(ref, ":daytona")) // it cannot reach into the prefix
	return refParts{prefix: ref[:start], unique: ref[start:end], suffix: ref[end:]}
}

// hostLen returns the length of the registry at the start of an image, slash
// included. As in Docker, it is a registry if it cannot be an organization.
func hostLen(image string) int {
	host, _, ok := strings.Cut(image, "/")
	if !ok || !strings.ContainsAny(host, ".:") && host != "localhost" {
		return 0
	}
	return len(host) + 1
}

// digestLen returns the length of the digest at the end of s, 0 if there is none.
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

// digestGap returns the middle of a digest that ends a text of the given length:
// subsequences may match only before from and after to. The digits that remain are
// those on the screen.
func digestGap(length, digest int) (from, to int) {
	const first, last = 8, 4
	if digest == 0 {
		return length, length
	}
	return length - digest + first, length - last
}
