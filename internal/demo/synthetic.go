package demo

import (
	"hash/fnv"
	"regexp"
	"strconv"
)

// Sizes and times that nobody has measured. They follow from the ref, so that the same image is the same size and
// takes as long each time.

// fixed is a number that is always the same for a text, for whatever must look like chance but be the same each time.
func stableHash(text string, salt string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(salt + text))
	return h.Sum64()
}

// sizeOf invents the size of an image in GB.
func syntheticSize(ref string) float64 {
	return float64(300+stableHash(ref, "size")%5200) / 1000
}

// pullTime invents how long a pull takes: 8 to 25 seconds.
func pullDuration(ref string) millis { return 8*second + millis(stableHash(ref, "pull")%17000) }

var slowBuild = regexp.MustCompile(`SLOW(\d{1,5})`)

// buildTime invents how long a build takes: some seconds for each instruction. A text such as SLOW90 in the
// Dockerfile says how many seconds it shall be, for demonstrations and tests.
func buildDuration(i *buildInfo) millis {
	if wanted := slowBuild.FindStringSubmatch(i.dockerfile); wanted != nil {
		n, _ := strconv.Atoi(wanted[1]) // five digits at most
		return millis(n) * second
	}
	steps := millis(len(instructions(i.dockerfile)))
	return min(4*second+steps*1500+millis(stableHash(i.ref, "build")%9000), 90*second)
}
