package demo

import "strings"

// matchesILike reports whether s contains pattern like SQL's ILIKE '%pattern%'. Both are lower
// case. In the pattern % matches any text, _ one byte (names are ASCII), and a backslash escapes
// the next byte.
func matchesILike(s, pattern string) bool {
	if !strings.ContainsAny(pattern, `%_\`) {
		return strings.Contains(s, pattern)
	}
	return matchesWhole(s, "%"+pattern+"%")
}

// matchesWhole reports whether the pattern matches all of s. After a mismatch it backtracks to the
// last %, which then matches one more byte, so the cost is at most len(s) times len(pattern).
func matchesWhole(s, pattern string) bool {
	back, mark := -1, 0 // where to continue in pattern and s after a mismatch
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

// matchByte matches one byte against the start of a pattern and returns how many bytes of the
// pattern it used.
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
