package demo

import "strings"

// like tells whether pattern is found anywhere in s, as ILIKE '%pattern%' does; both are in lower case. In the
// pattern % stands for any text, _ for one byte (names are ASCII), and a backslash takes the next byte as it is.
func matchesILike(s, pattern string) bool {
	if !strings.ContainsAny(pattern, `%_\`) {
		return strings.Contains(s, pattern)
	}
	return matchesWhole(s, "%"+pattern+"%")
}

// likeFrom matches all of s. After a mismatch it goes back to the last % and lets that stand for one byte more,
// so that a hostile pattern costs at most len(s) times len(pattern).
func matchesWhole(s, pattern string) bool {
	back, mark := -1, 0 // where to go on in pattern and in s after a mismatch
	i, p := 0, 0
	for i < len(s) {
		if p < len(pattern) && pattern[p] == '%' {
			p++
			back, mark = p, i
			continue
		}
		if n, ok := matchByte(pattern[p:], s[i]); ok {
			p += n
			i++
			continue
		}
		if back < 0 {
			return false
		}
		mark++
		i, p = mark, back
	}
	return strings.Trim(pattern[p:], "%") == ""
}

// likeByte matches one byte against the head of a pattern and tells how much of the pattern it took.
func matchByte(pattern string, c byte) (int, bool) {
	switch {
	case pattern == "":
		return 0, false
	case pattern[0] == '_':
		return 1, true
	case pattern[0] == '\\' && len(pattern) > 1:
		return 2, pattern[1] == c
	}
	return 1, pattern[0] == c
}
