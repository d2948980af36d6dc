package text

import "daytona/snapdeck/theme"

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
