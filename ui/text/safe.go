package text

import (
	"fmt"
	"io"
	"strings"

	"daytona/snapdeck/theme"

	"github.com/charmbracelet/x/ansi"
)

// Safe is one line of text that can be sent to a terminal: valid UTF-8 without
// a control, bidi or zero-width character. Only this package can make one. The
// zero value is empty.
type Safe struct {
	s string
	w int32 // cells
	// ascii says that s is printable ASCII: a byte is a cell, nothing has to be
	// segmented. It is only ever a shortcut, so false is always correct.
	ascii bool
}

// String returns the text.
func (s Safe) String() string { return s.s }

// Width returns the number of cells that the text takes.
func (s Safe) Width() int { return int(s.w) }

// IsEmpty reports whether there is no text.
func (s Safe) IsEmpty() bool { return s.s == "" }

// As returns the text as a line of one span.
func (s Safe) As(role theme.Role) Line {
	if s.s == "" {
		return nil
	}
	return Line{{Text: s, Role: role}}
}

// literal is unexported, so outside of this package only constants convert to
// it: Lit("region") compiles, Lit(snapshot.Name) does not.
type literal string

// Lit is a text of the program itself.
func Lit(s literal) Safe { return clean(string(s)) }

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

// Repeat returns s as often as it fits into w cells, filled up with spaces to
// exactly w: a rule is Repeat(Lit("─"), w).
func Repeat(s Safe, w int) Safe {
	if w <= 0 {
		return Safe{}
	}
	if s.w == 0 {
		return blank(w)
	}
	n := w / int(s.w)
	rest := blank(w - n*int(s.w))
	return Safe{s: strings.Repeat(s.s, n) + rest.s, w: int32(w), ascii: s.ascii}
}

const blanks = "                                                                " +
	"                                                                " +
	"                                                                " +
	"                                                                "

// blank returns w spaces.
func blank(w int) Safe {
	switch {
	case w <= 0:
		return Safe{}
	case w <= len(blanks):
		return Safe{s: blanks[:w], w: int32(w), ascii: true}
	}
	return Safe{s: strings.Repeat(" ", w), w: int32(w), ascii: true}
}

// first returns the first grapheme cluster of s and its width in cells. It is
// what Bubble Tea measures with, so that the two agree.
func first(s string) (cluster string, width int) {
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// width returns the number of cells of a text that is known to be safe.
func width(s string) int { return ansi.StringWidth(s) }

// printable returns how many bytes at the start of s are printable ASCII.
func printable(s string) int {
	for i := range len(s) {
		if s[i]-' ' >= 0x7f-' ' {
			return i
		}
	}
	return len(s)
}

// fit returns the longest start of s that takes at most w cells and cuts no
// cluster: its length in bytes and its width.
func (s Safe) fit(w int) (n, width int) {
	if s.ascii {
		n = max(0, min(w, len(s.s)))
		return n, n
	}
	for n < len(s.s) {
		cluster, cells := first(s.s[n:])
		if width+cells > w {
			break
		}
		n += len(cluster)
		width += cells
	}
	return n, width
}

// split cuts s at a column between 0 and its width. A wide cluster in the way
// becomes spaces on both sides.
func (s Safe) split(at int) (head, tail Safe) {
	n, w := s.fit(at)
	head = Safe{s: s.s[:n], w: int32(w), ascii: s.ascii}
	tail = Safe{s: s.s[n:], w: s.w - int32(w), ascii: s.ascii}
	if w == at || tail.s == "" {
		return head, tail
	}
	cluster, cells := first(tail.s)
	head = Safe{s: head.s + blank(at-w).s, w: int32(at)}
	tail = Safe{s: blank(w+cells-at).s + tail.s[len(cluster):], w: s.w - int32(at)}
	return head, tail
}
