package terminal

import (
	"bytes"
	"unicode/utf8"
)

// keyScanner splits the input of a terminal, so that Bubble Tea gets complete sequences
// only. Bubble Tea takes the end of a read for the end of a sequence: an incomplete one
// would become keys, and "ESC [ D" in three reads the key D.
//
//	key, letter               passed on
//	ESC and a letter          passed on together: alt and the letter
//	CSI, SS3 that is a key    buffered until complete, then passed on
//	OSC, DCS, APC, PM         dropped: replies and reports of a terminal
//	paste                     passed on at once; it contains no keys
//
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
type keyScanner struct {
	partial         []byte // the start of a sequence or of a UTF-8 letter
	inString        bool   // within an OSC, DCS, APC or PM
	esc             bool   // the last byte of the string was an ESC
	pasteEndMatched int    // within a paste: matched bytes of pasteEnd, plus 1; otherwise 0
}

const (
	esc        = 0x1b
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	// maxCSI is the maximum length of a CSI sequence in bytes. Known ones are shorter.
	maxCSI = 64
	// ss3Keys are the final bytes of SS3 sequences that are keys.
	ss3Keys = "ABCDHFPQRS"
)

// scan returns the complete keys of the buffered bytes and b, and buffers the rest.
func (k *keyScanner) scan(b []byte) []byte {
	b = append(k.partial, b...)
	k.partial = nil
	var out []byte
	for len(b) > 0 {
		n, pass := k.next(b)
		if n == 0 {
			k.partial = bytes.Clone(b)
			return out
		}
		if pass {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

// incomplete reports whether the input so far ends within a sequence.
func (k *keyScanner) incomplete() bool { return len(k.partial) > 0 || k.inString }

// expire drops an incomplete sequence after a timeout. It returns a lone ESC, which is
// the key.
func (k *keyScanner) expire() []byte {
	held := k.partial
	k.partial, k.inString, k.esc = nil, false, false
	if string(bytes.TrimLeft(held, "\x1b")) == "" && len(held) > 0 {
		return held[:1]
	}
	return nil
}

// next returns the length of the key or sequence at the start of b, 0 if b is too short
// to tell, and whether to pass it on.
func (k *keyScanner) next(b []byte) (n int, pass bool) {
	switch {
	case k.pasteEndMatched > 0:
		return k.nextPasted(b), true
	case k.inString:
		return k.nextInString(b[0])
	case b[0] != esc:
		if !utf8.FullRune(b) {
			return 0, false
		}
		_, n := utf8.DecodeRune(b)
		return n, true
	case len(b) == 1:
		return 0, false
	}
	switch b[1] {
	case '[':
		return k.nextCSI(b)
	case 'O':
		return nextSS3(b)
	case ']', 'P', '_', '^':
		k.inString = true
		return 2, false
	case esc:
		if len(b) > 2 && (b[2] == '[' || b[2] == 'O') { // alt and a key, as rxvt sends it
			return k.nextAlt(b)
		}
		if len(b) == 2 {
			return 0, false
		}
		return 1, false
	default:
		if !utf8.FullRune(b[1:]) {
			return 0, false
		}
		_, n := utf8.DecodeRune(b[1:])
		return 1 + n, true
	}
}

// nextPasted returns the length of the pasted bytes, up to the end of the paste.
func (k *keyScanner) nextPasted(b []byte) int {
	for i, c := range b {
		switch {
		case c == pasteEnd[k.pasteEndMatched-1]:
			k.pasteEndMatched++
		case c == esc:
			k.pasteEndMatched = 2
		default:
			k.pasteEndMatched = 1
		}
		if k.pasteEndMatched > len(pasteEnd) {
			k.pasteEndMatched = 0
			return i + 1
		}
	}
	return len(b)
}

// nextInString looks for the end of an OSC, DCS, APC or PM: BEL or ESC \. Any other
// control character aborts it, so that ctrl+c is always a key.
func (k *keyScanner) nextInString(c byte) (n int, pass bool) {
	switch {
	case c == '\a', k.esc && c == '\\':
		k.inString, k.esc = false, false
	case c < ' ' && c != esc:
		k.inString, k.esc = false, false
		return 1, true
	default:
		k.esc = c == esc
	}
	return 1, false
}

// nextAlt parses a sequence after an ESC. If it is not a key with alt, it drops the ESC.
func (k *keyScanner) nextAlt(b []byte) (n int, pass bool) {
	n, pass = k.next(b[1:])
	switch {
	case n == 0:
		return 0, false
	case !pass || k.pasteEndMatched > 0:
		k.inString, k.pasteEndMatched = false, 0
		return 1, false
	default:
		return n + 1, true
	}
}

func (k *keyScanner) nextCSI(b []byte) (n int, pass bool) {
	if len(b) > 2 && (b[2] == '[' || b[2] == 'M') {
		return nextFixed(b)
	}
	for i := 2; i < len(b); i++ {
		c := b[i]
		switch {
		case i == maxCSI:
			k.inString = true // not a key
			return i, false
		case c == '$' && isNumber(b[2:i]): // a key of rxvt
			return i + 1, true
		case c >= 0x40 && c <= 0x7e:
			if string(b[:i+1]) == pasteStart {
				k.pasteEndMatched = 1
			}
			return i + 1, true
		case c < 0x20 || c > 0x3f:
			return i, false // aborted by an invalid byte
		}
	}
	return 0, false
}

// nextFixed parses the two CSI sequences with more bytes after the final one: a key of
// the Linux console and an X10 mouse report.
func nextFixed(b []byte) (n int, pass bool) {
	length := len("\x1b[[A")
	if b[2] == 'M' {
		length = len("\x1b[M") + 3
	}
	if len(b) < length {
		return 0, false
	}
	return length, true
}

func nextSS3(b []byte) (n int, pass bool) {
	switch {
	case len(b) < 3:
		return 0, false
	case b[2] < 0x20 || b[2] > 0x7e:
		return 2, false
	default:
		return 3, bytes.IndexByte([]byte(ss3Keys), b[2]) >= 0
	}
}

func isNumber(b []byte) bool {
	return len(b) > 0 && len(bytes.Trim(b, "0123456789")) == 0
}
