package text

import "daytona/snapdeck/theme"

// Safe is one line of text that can be sent to a terminal: valid UTF-8 without control,
// bidi or zero-width characters. Only this package can make one. The zero value is empty.
type Safe struct {
	s string
	w int32 // width in cells
	// ascii reports whether s is printable ASCII, one byte per cell. It is only used
	// for fast paths, so false is always correct.
	ascii bool
}

// String returns the text.
func (s Safe) String() string { return s.s }

// Width returns the width of the text in cells.
func (s Safe) Width() int { return int(s.w) }

// IsEmpty reports whether the text is empty.
func (s Safe) IsEmpty() bool { return s.s == "" }

// As returns the text as a line of one span.
func (s Safe) As(role theme.Role) Line {
	if s.s == "" {
		return nil
	}
	return Line{{Text: s, Role: role}}
}

// literal is unexported, so outside of this package only untyped constants convert to
// it: Lit("region") compiles, Lit(snapshot.Name) does not.
type literal string

// Lit returns a string literal of the program as a Safe.
func Lit(s literal) Safe { return escape(string(s)) }
