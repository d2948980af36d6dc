// Package text makes untrusted text safe to draw. All text on the screen goes through it.
//
// Names, refs, reasons, Dockerfiles and logs are untrusted, and Bubble Tea writes a view
// to the terminal unchanged. Everything that draws therefore takes a [Safe], and only
// this package can make one: [Lit] from a constant of the program, [Cell] and [Pane]
// from anything else. A raw string does not compile.
//
// # Escape, never strip
//
// Stripping an escape sequence would show text that differs from the original, and an
// unterminated OSC would hide the rest of a line. So everything stays visible:
//
//	line feed             a new line in a pane, ↵ in a cell
//	tab                   spaces to the next multiple of 8
//	carriage return       ^M, or nothing before a line feed
//	other controls, DEL   ^[ ^?
//	C1, bidi, zero width  <U+202E>
//	invalid UTF-8         \x9b
//	stacked marks         four of a cluster, then <+12 marks>
//	too long              … <+4711 bytes>
//
// All of these except line feeds and tabs are drawn in the role [theme.Control], so that
// an escape differs from the same characters in the text.
//
// # Width
//
// Widths are in terminal cells and are measured by grapheme cluster, as in Bubble Tea. A
// [Safe] knows its width. It neither starts with a mark that would combine with the text
// to its left nor ends with a character that would combine with the text to its right,
// so widths add up.
//
// # Lines
//
// A [Line] is a list of spans, each a safe text with a role and a surface. Lines are cut,
// padded and overlaid as plain text. [Paint] adds the escape sequences at the end, so no
// other function has to measure or cut around them. Lines are values: no method modifies
// its receiver.
package text
