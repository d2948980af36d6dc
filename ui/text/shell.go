package text

import "strings"

// ShellWord returns raw as one word of a POSIX shell, for commands that a user pastes
// into one. What is not known to mean nothing to a shell is quoted: a list of what does
// would never be complete, since each shell has more.
func ShellWord(raw string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+", r)
	}
	if raw != "" && !strings.ContainsFunc(raw, func(r rune) bool { return !plain(r) }) {
		return raw
	}
	return "'" + strings.ReplaceAll(raw, "'", `'\''`) + "'"
}
