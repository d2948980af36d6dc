package family

import (
	"cmp"
	"slices"
	"strings"
)

// Version is the version at the end of a name. The zero value is none.
type Version struct {
	Text string // as in the name, without the separator before it

	scheme scheme
	core   string // 1.4.0, or a date with its time; only digits and dots
	pre    string // what follows: "rc1", "" for a release
}

// scheme is how a version is compared with others.
type scheme uint8

const (
	unordered scheme = iota // a commit, or any text of a configured pattern
	dotted                  // numbers with dots between them
	date                    // eight digits, and perhaps a time
)

// Comparable reports whether versions have an order: all are numbers with dots, or all
// are dates, and none contains a commit.
func Comparable(versions []Version) bool {
	return !slices.ContainsFunc(versions, func(v Version) bool {
		return v.scheme == unordered || v.scheme != versions[0].scheme
	})
}

// compare orders two versions that are [Comparable], the older first. It is the order of
// semantic versions, except that digits at the end of a word count as a number: rc2 is
// older than rc10.
func (v Version) compare(other Version) int {
	if c := compareParts(v.core, other.core); c != 0 {
		return c
	}
	switch {
	case v.pre == other.pre:
		return 0
	case v.scheme == dotted && v.pre == "":
		return 1 // a release is newer than its pre-releases
	case v.scheme == dotted && other.pre == "":
		return -1
	}
	return compareParts(v.pre, other.pre)
}

// compareParts compares two texts part by part. A text that ends first is the older one.
func compareParts(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a = cutPart(a)
		y, b = cutPart(b)
		if c := comparePart(x, y); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(a), len(b))
}

// comparePart compares 2 with 10, rc2 with rc10, and 2 with rc2: numbers come first.
func comparePart(x, y string) int {
	xWord, yWord := withoutNumber(x), withoutNumber(y)
	if c := strings.Compare(strings.ToLower(xWord), strings.ToLower(yWord)); c != 0 {
		return c
	}
	return compareNumbers(x[len(xWord):], y[len(yWord):])
}

// withoutNumber returns the part without the digits at its end.
func withoutNumber(part string) string {
	for part != "" && isDigit(part[len(part)-1]) {
		part = part[:len(part)-1]
	}
	return part
}

const digits = "0123456789"

// compareNumbers compares two numbers of any length.
func compareNumbers(x, y string) int {
	x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	return cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y))
}

// cutPart cuts off the text before the first separator.
func cutPart(s string) (part, rest string) {
	for i := range len(s) {
		if isSeparator(s[i]) {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}
