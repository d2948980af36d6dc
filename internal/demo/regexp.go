package demo

import (
	"regexp"
	"sync"
)

// lazyRegexp compiles a regular expression on first use, since most runs of the program
// need none of them.
func lazyRegexp(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
