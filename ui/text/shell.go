package text

import "strings"

// ShellWord quotes raw as one word of a POSIX shell, for commands that the user copies. It
// has an allow list of characters that need no quotes, since the special characters differ
// between shells.
func ShellWord(raw string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+", r)
	}
	if raw != "" && !strings.ContainsFunc(raw, func(r rune) bool { return !plain(r) }) {
		return raw
	}
	return "'" + strings.ReplaceAll(raw, "'", `'\''`) + "'"
}
