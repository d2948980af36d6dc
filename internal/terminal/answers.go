package terminal

import (
	"bytes"
	"slices"
)

// The answers that a terminal gives to the question of this package.
//
//	ESC ] 11 ; rgb:RRRR/GGGG/BBBB ESC \   the background (or ended by BEL)
//	ESC [ ? 6 2 ; 2 2 c                   the primary device attributes
//
// Every terminal gives the second one and answers in order, so it is the fence:
// once it came, an answer to the first question will not come any more.
const (
	question     = "\x1b]11;?\x1b\\" + "\x1b[c"
	colourAnswer = "\x1b]11;"
	fenceAnswer  = "\x1b[?"
	longest      = 64 // bytes of the longest answer that is believed
)

// answers takes a terminal's answers out of what is read from it. The rest is
// what the user typed, and stays in order and whole.
type answers struct {
	colour string // the colour of the background as the terminal wrote it, "" before
	fenced bool   // the terminal will say no more
	held   []byte // the beginning of what may become an answer
}

// sift returns what of b (and of what was held before) is not an answer.
func (a *answers) sift(b []byte) []byte {
	b = slices.Concat(a.held, b)
	a.held = nil
	var rest []byte
	for len(b) > 0 {
		esc := bytes.IndexByte(b, '\x1b')
		if esc < 0 {
			return append(rest, b...)
		}
		rest, b = append(rest, b[:esc]...), b[esc:]
		n := a.match(b)
		switch {
		case n > 0:
			b = b[n:]
		case n < 0 && len(b) > 1:
			// A lone ESC at the end is more likely the key than the first
			// byte of an answer: terminals write an answer in one go.
			a.held = bytes.Clone(b)
			return rest
		default:
			rest, b = append(rest, b[0]), b[1:]
		}
	}
	return rest
}

// release returns what is held back: it was no answer after all.
func (a *answers) release() []byte {
	held := a.held
	a.held = nil
	return held
}

// match returns the length of the answer at the start of b, 0 where there is
// none, and -1 where b ends before that can be told.
func (a *answers) match(b []byte) int {
	switch {
	case begins(b, colourAnswer):
		return a.matchColour(b)
	case begins(b, fenceAnswer):
		return a.matchFence(b)
	}
	return 0
}

func (a *answers) matchColour(b []byte) int {
	for i := len(colourAnswer); i < min(len(b), longest); i++ {
		switch {
		case b[i] == '\a':
			a.colour = string(b[len(colourAnswer):i])
			return i + 1
		case b[i] == '\x1b' && i+1 == len(b):
			return -1
		case b[i] == '\x1b' && b[i+1] == '\\':
			a.colour = string(b[len(colourAnswer):i])
			return i + 2
		case b[i] < ' ' || b[i] > '~':
			return 0
		}
	}
	return unfinished(b)
}

func (a *answers) matchFence(b []byte) int {
	for i := len(fenceAnswer); i < min(len(b), longest); i++ {
		switch c := b[i]; {
		case c == 'c':
			a.fenced = true
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return unfinished(b)
}

// unfinished is what match returns for a good beginning without an end.
func unfinished(b []byte) int {
	if len(b) >= longest {
		return 0
	}
	return -1
}

// begins reports whether b begins like s, as far as b goes.
func begins(b []byte, s string) bool {
	n := min(len(b), len(s))
	return string(b[:n]) == s[:n]
}
