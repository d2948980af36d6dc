package config

import (
	"bytes"
	"fmt"

	"github.com/goccy/go-yaml/token"
)

// Limits of a file, far above what settings need. The time of the lexer and the parser
// grows with the square of them: 64 KiB of brackets take 30 s.
const (
	maxBytes  = 64 << 10
	maxLines  = 2000 // the lexer is slow for empty lines in a block
	maxTokens = 8000 // a setting has at least three
	maxDepth  = 16   // of nested lists and mappings
)

// lineCount returns the number of line ends: LF, CR LF or CR.
func lineCount(source []byte) int {
	count := func(end string) int { return bytes.Count(source, []byte(end)) }
	return count("\n") + count("\r") - count("\r\n")
}

// checkSize returns a Problem at the first token beyond the limits.
func (d *decoder) checkSize(tokens token.Tokens) error {
	if len(tokens) > maxTokens {
		return d.problem(tokens[maxTokens], fmt.Sprintf("too long: expected at most %d words and punctuation marks", maxTokens))
	}
	var depth nesting
	for _, t := range tokens {
		if depth.after(t) > maxDepth {
			return d.problem(t, fmt.Sprintf("nested too deeply: expected at most %d levels", maxDepth))
		}
	}
	return nil
}

// nesting counts the lists and mappings around a token.
type nesting struct {
	columns  []int // where the block lists and mappings start
	brackets int   // open brackets and braces
}

// after returns the depth after the next token.
func (n *nesting) after(t *token.Token) int {
	switch {
	case t.Type == token.SequenceStartType || t.Type == token.MappingStartType:
		n.brackets++
	case t.Type == token.SequenceEndType || t.Type == token.MappingEndType:
		n.brackets = max(0, n.brackets-1)
	case n.brackets == 0 && startsBlock(t):
		for len(n.columns) > 0 && n.columns[len(n.columns)-1] >= t.Position.Column {
			n.columns = n.columns[:len(n.columns)-1]
		}
		n.columns = append(n.columns, t.Position.Column)
	}
	return len(n.columns) + n.brackets
}

// startsBlock reports whether t is the dash of a list item, or a key.
func startsBlock(t *token.Token) bool {
	switch {
	case t.Type == token.SequenceEntryType || t.Type == token.MappingKeyType:
		return true
	case t.Next == nil:
		return false
	}
	return t.Next.Type == token.MappingValueType
}
