package text

import (
	"fmt"
	"io"
	"strings"
)

// Sprintf formats like [fmt.Sprintf] and escapes the output of each argument as [Cell]
// does, except that of a Safe. Widths in the format count runes, not cells: pad with
// [Line.Fit] and [Line.Right].
func Sprintf(format literal, args ...any) Safe {
	safe := make([]any, len(args))
	for i, arg := range args {
		safe[i] = safeArg(arg)
	}
	return escape(fmt.Sprintf(string(format), safe...))
}

// safeArg returns an argument that prints as safe text.
func safeArg(arg any) any {
	switch arg := arg.(type) {
	case Safe:
		return arg.s
	case string:
		return Cell(arg).s
	case bool, int, int64, float64:
		return arg
	}
	return safeFormatter{arg}
}

// safeFormatter formats an argument of any type and escapes the result.
type safeFormatter struct{ arg any }

// Format implements [fmt.Formatter].
func (s safeFormatter) Format(f fmt.State, verb rune) {
	raw := fmt.Sprintf(fmt.FormatString(f, verb), s.arg)
	_, _ = io.WriteString(f, Cell(raw).s) // a buffer of fmt, which cannot fail
}

// ShellWord quotes raw as one word of a POSIX shell or fish, for commands that the user
// copies. It has an allow list of characters that need no quotes, since the special characters differ
// between shells.
func ShellWord(raw string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@+", r)
	}
	if raw != "" && !strings.ContainsFunc(raw, func(r rune) bool { return !plain(r) }) {
		return raw
	}
	// In fish a backslash escapes a quote in quotes, too, so both are outside.
	return "'" + strings.NewReplacer("'", `'\''`, `\`, `'\\'`).Replace(raw) + "'"
}
