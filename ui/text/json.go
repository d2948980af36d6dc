package text

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// JSON escapes what [Cell] would escape, as \u escapes. The value of raw, which must be
// valid JSON, does not change.
func JSON(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for i, part := range strings.Split(raw, `"`) { // a mark does not combine with the quote
		if i > 0 {
			b.WriteByte('"')
		}
		for p := range pieces(part) {
			writeJSONPiece(&b, part[p.from:p.to], p.kind)
		}
	}
	return b.String()
}

// writeJSONPiece writes a piece of raw JSON. The only control characters in that are white
// space between values.
func writeJSONPiece(b *strings.Builder, raw string, kind pieceKind) {
	switch {
	case kind == newline:
		b.WriteByte('\n')
	case raw == "\r":
		b.WriteByte(' ')
	case kind == escaped:
		for _, unit := range utf16.Encode([]rune(raw)) {
			fmt.Fprintf(b, `\u%04x`, unit)
		}
	default:
		b.WriteString(raw)
	}
}
