package text

import (
	"fmt"
	"io"
)

// Sprintf formats like [fmt.Sprintf]. Whatever the arguments print goes
// through [Cell], except a Safe, which is printed as it is. Widths in the
// format count runes, not cells: pad with [Line.Fit] and [Line.Right].
func Sprintf(format literal, args ...any) Safe {
	guarded := make([]any, len(args))
	for i, arg := range args {
		guarded[i] = guard(arg)
	}
	return clean(fmt.Sprintf(string(format), guarded...))
}

// guard makes an argument print nothing but safe text, whatever its type.
func guard(arg any) any {
	switch arg := arg.(type) {
	case Safe:
		return arg.s
	case string:
		return Cell(arg).s
	case bool, int, int64, float64:
		return arg
	}
	return guarded{arg}
}

// guarded prints an argument in its own way first and cleans the outcome:
// errors, Stringers, slices and structs alike.
type guarded struct{ arg any }

// Format implements [fmt.Formatter].
func (g guarded) Format(f fmt.State, verb rune) {
	raw := fmt.Sprintf(fmt.FormatString(f, verb), g.arg)
	_, _ = io.WriteString(f, Cell(raw).s) // fmt's own buffer: it cannot fail
}
