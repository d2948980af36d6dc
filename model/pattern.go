package model

import (
	"path"
	"slices"
	"strings"
)

// MatchName reports whether one of the patterns ([path.Match]) matches the whole name. An
// invalid pattern matches everything. Names are not paths, so * matches a slash, too.
func MatchName(patterns []string, name string) bool {
	escape := strings.NewReplacer("/", "\x00")
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(escape.Replace(pattern), escape.Replace(name))
		return ok || err != nil
	})
}
