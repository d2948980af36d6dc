// Package text is the only door from untrusted text to the screen.
//
// Names, refs, reasons, Dockerfiles and logs were written by others, and
// Bubble Tea sends what is in a view to the terminal byte for byte. So
// whatever draws takes a [Safe], and only this package can make one: [Lit]
// from a constant of the program, [Cell] and [Pane] from anything else. A raw
// string does not compile.
//
// # Show, never strip
//
// An escape sequence that is taken out leaves a text that nobody wrote, and a
// line that an unterminated OSC swallows is a line that nobody reviews. So
// everything stays visible:
//
//	line feed             a new line in a pane, ↵ in a cell
//	tab                   spaces to the next stop of 8
//	carriage return       ^M, or nothing in front of a line feed
//	other controls, DEL   ^[ ^?
//	C1, bidi, zero width  <U+202E>
//	invalid UTF-8         \x9b
//	stacked marks         four of a cluster, then <+12 marks>
//	what is too long      … <+4711 bytes>
//
// Everything but line feeds and tabs is drawn in the role [theme.Control], so
// that an escape cannot be mistaken for the same characters in the text.
//
// # Cells
//
// Widths are counted in terminal cells and by grapheme cluster, as Bubble Tea
// does it. A [Safe] knows its width. It is also closed: it neither starts with
// a mark that would combine with what stands left of it nor ends with a
// character that would swallow what stands right of it, so that widths add up.
//
// # Lines
//
// A [Line] is a row of spans, each a safe text with a role and a surface. It
// is cut, padded and laid over another as plain text, and gets its colours in
// the end, by [Paint]: no function in the program has to measure or cut
// around escape sequences. Lines are values: no method changes its receiver.
package text
