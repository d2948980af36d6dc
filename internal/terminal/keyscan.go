package terminal

import (
	"bytes"
	"unicode/utf8"
)

// keyScan takes the input of a terminal apart, so that Bubble Tea gets whole
// sequences only. Bubble Tea takes the end of a read for the end of a sequence:
// a cut one would become keys, and "ESC [ D" in three reads the key D.
//
//	key, letter               passed on
//	ESC and a letter          passed on together: alt and the letter
//	CSI, SS3 that is a key    held until its last byte, then passed on
//	OSC, DCS, APC, PM         dropped: replies and reports of a terminal
//	paste                     passed on as it comes; nothing in it is a key
//
// https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
type keyScan struct {
	held []byte // the start of a sequence or of a letter
	text bool   // within OSC, DCS, APC or PM
	esc  bool   // the last byte of that was an ESC
	end  int    // within a paste: how much of pasteEnd came, plus 1; 0 outside
}

const (
	esc        = 0x1b
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"
	// longestCSI is more than any sequence that we understand has, in bytes.
	longestCSI = 64
	// ss3Keys are the last bytes of SS3 sequences that are keys.
	ss3Keys = "ABCDHFPQRS"
)

// scan returns what of the held bytes and b is complete.
func (k *keyScan) scan(b []byte) []byte {
	b = append(k.held, b...)
	k.held = nil
	var out []byte
	for len(b) > 0 {
		n, pass := k.next(b)
		if n == 0 {
			k.held = bytes.Clone(b)
			return out
		}
		if pass {
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

// waiting reports whether more bytes must follow soon.
func (k *keyScan) waiting() bool { return len(k.held) > 0 || k.text }

// expire ends what did not come to its end in time. It returns an ESC that was
// alone: the key. Anything else is dropped.
func (k *keyScan) expire() []byte {
	held := k.held
	k.held, k.text, k.esc = nil, false, false
	if string(bytes.TrimLeft(held, "\x1b")) == "" && len(held) > 0 {
		return held[:1]
	}
	return nil
}

// next returns the length of what b starts with, 0 where b ends before that is
// known, and whether it is passed on.
func (k *keyScan) next(b []byte) (n int, pass bool) {
	switch {
	case k.end > 0:
		return k.nextPasted(b), true
	case k.text:
		return k.nextOfText(b[0])
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
		k.text = true
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

// nextPasted passes a paste on and looks for its end.
func (k *keyScan) nextPasted(b []byte) int {
	for i, c := range b {
		switch {
		case c == pasteEnd[k.end-1]:
			k.end++
		case c == esc:
			k.end = 2
		default:
			k.end = 1
		}
		if k.end > len(pasteEnd) {
			k.end = 0
			return i + 1
		}
	}
	return len(b)
}

// nextOfText looks for the end of an OSC, DCS, APC or PM: BEL or ESC \. Any other
// control character cuts it off: ctrl+c is always a key.
func (k *keyScan) nextOfText(c byte) (n int, pass bool) {
	switch {
	case c == '\a', k.esc && c == '\\':
		k.text, k.esc = false, false
	case c < ' ' && c != esc:
		k.text, k.esc = false, false
		return 1, true
	default:
		k.esc = c == esc
	}
	return 1, false
}

// nextAlt reads a sequence with an ESC before it. What is no key with alt is
// read again without that ESC.
func (k *keyScan) nextAlt(b []byte) (n int, pass bool) {
	n, pass = k.next(b[1:])
	switch {
	case n == 0:
		return 0, false
	case !pass || k.end > 0:
		k.text, k.end = false, 0
		return 1, false
	default:
		return n + 1, true
	}
}

func (k *keyScan) nextCSI(b []byte) (n int, pass bool) {
	if len(b) > 2 && (b[2] == '[' || b[2] == 'M') {
		return nextFixed(b)
	}
	for i := 2; i < len(b); i++ {
		c := b[i]
		switch {
		case i == longestCSI:
			k.text = true // whatever it is, it is no key
			return i, false
		case c == '$' && isNumber(b[2:i]): // a key of rxvt
			return i + 1, true
		case c >= 0x40 && c <= 0x7e:
			if string(b[:i+1]) == pasteStart {
				k.end = 1
			}
			return i + 1, true
		case c < 0x20 || c > 0x3f:
			return i, false // it is cut off by another one
		}
	}
	return 0, false
}

// nextFixed reads the two CSI sequences that have more bytes after their last
// one: a key of the Linux console and a mouse report of X10.
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
