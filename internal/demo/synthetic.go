package demo

import (
	"hash/fnv"
	"strconv"
)

// Synthetic sizes and durations. They depend on the ref, so they are always the same for
// an image.

// stableHash returns a pseudo-random number that is always the same for a text and salt.
func stableHash(text, salt string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(salt + text))
	return h.Sum64()
}

// syntheticSize returns the size of an image in GB.
func syntheticSize(ref string) float64 {
	return float64(300+stableHash(ref, "size")%5200) / 1000
}

// pullDuration returns how long a pull takes: 8 to 25 seconds.
func pullDuration(ref string) millis { return 8*second + millis(stableHash(ref, "pull")%17000) }

var slowBuild = lazyRegexp(`SLOW(\d{1,5})`)

// buildDuration returns how long a build takes: a few seconds per instruction. Text such as SLOW90
// in the Dockerfile sets the number of seconds, for demonstrations and tests.
func buildDuration(i *buildInfo) millis {
	if match := slowBuild().FindStringSubmatch(i.dockerfile); match != nil {
		n, _ := strconv.Atoi(match[1]) // at most five digits
		return millis(n) * second
	}
	steps := millis(len(instructions(i.dockerfile)))
	return min(4*second+steps*1500+millis(stableHash(i.ref, "build")%9000), 90*second)
}
