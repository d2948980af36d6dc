package terminal

import (
	"bytes"
	"slices"
)

// The queries that this package sends, and the terminal's replies to them:
//
//	ESC ] 11 ; rgb:RRRR/GGGG/BBBB ESC \   background colour (or terminated by BEL)
//	ESC [ ? 6 2 ; 2 2 c                   primary device attributes
//
// Every terminal reports its attributes, and replies in order. Once they have arrived,
// a reply to the first query will not come.
const (
	queries          = "\x1b]11;?\x1b\\" + "\x1b[c"
	backgroundPrefix = "\x1b]11;"
	attributesPrefix = "\x1b[?"
	maxReply         = 64 // longer sequences are input
)

// replyFilter separates the terminal's replies from the user's input, which it leaves
// unchanged.
type replyFilter struct {
	background string // colour as the terminal sent it, "" before that
	done       bool   // no more replies will come
	partial    []byte // may be the start of a reply
}

// filter returns the input in b without replies, preceded by the partial reply of the
// last call if that turns out to be input.
func (f *replyFilter) filter(b []byte) []byte {
	b = slices.Concat(f.partial, b)
	f.partial = nil
	var rest []byte
	for len(b) > 0 {
		esc := bytes.IndexByte(b, '\x1b')
		if esc < 0 {
			return append(rest, b...)
		}
		rest, b = append(rest, b[:esc]...), b[esc:]
		n := f.matchReply(b)
		switch {
		case n > 0:
			b = b[n:]
		case n < 0 && len(b) > 1:
			// A lone ESC at the end is more likely the key than the first byte
			// of a reply: terminals write a reply at once.
			f.partial = bytes.Clone(b)
			return rest
		default:
			rest, b = append(rest, b[0]), b[1:]
		}
	}
	return rest
}

// matchReply returns the length of the reply at the start of b, 0 if there is none,
// and -1 if b is too short to decide.
func (f *replyFilter) matchReply(b []byte) int {
	switch {
	case isPrefix(b, backgroundPrefix):
		return f.matchBackground(b)
	case isPrefix(b, attributesPrefix):
		return f.matchAttributes(b)
	}
	return 0
}

func (f *replyFilter) matchBackground(b []byte) int {
	for i := len(backgroundPrefix); i < min(len(b), maxReply); i++ {
		switch {
		case b[i] == '\a':
			f.background = string(b[len(backgroundPrefix):i])
			return i + 1
		case b[i] == '\x1b' && i+1 == len(b):
			return -1
		case b[i] == '\x1b' && b[i+1] == '\\':
			f.background = string(b[len(backgroundPrefix):i])
			return i + 2
		case b[i] < ' ' || b[i] > '~':
			return 0
		}
	}
	return incomplete(b)
}

func (f *replyFilter) matchAttributes(b []byte) int {
	for i := len(attributesPrefix); i < min(len(b), maxReply); i++ {
		switch c := b[i]; {
		case c == 'c':
			f.done = true
			return i + 1
		case c != ';' && (c < '0' || c > '9'):
			return 0
		}
	}
	return incomplete(b)
}

// incomplete returns the result of matchReply for an unterminated reply.
func incomplete(b []byte) int {
	if len(b) >= maxReply {
		return 0
	}
	return -1
}

// isPrefix reports whether one of b and s is a prefix of the other.
func isPrefix(b []byte, s string) bool {
	n := min(len(b), len(s))
	return string(b[:n]) == s[:n]
}
