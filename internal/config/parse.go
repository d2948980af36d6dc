package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Parse reads the text of a file. name stands for the file in problems, and other
// files are found from where it is.
func Parse(name string, source []byte) (c Config, warnings []Problem, err error) {
	in := &reader{name: name}
	if err := parse(in, source, settings, &c); err != nil {
		return Config{}, nil, err
	}
	return c, in.warnings, nil
}

// parse reads a text that is one mapping.
func parse[T any](in *reader, source []byte, known map[string]setting[T], into *T) error {
	document, err := in.document(source)
	if err != nil || document == nil {
		return err
	}
	return readSettings(in, document, known, into)
}

// byteOrderMark is what some editors begin a text in UTF-8 with.
const byteOrderMark = "\ufeff"

// document returns the one document of a text, nil where there is nothing in it.
func (in *reader) document(source []byte) (ast.Node, error) {
	source = bytes.TrimPrefix(source, []byte(byteOrderMark)) // else it is a part of the first key
	if bytes.IndexByte(source, 0) >= 0 {
		return nil, Problem{File: in.name, Line: 1, Column: 1, Message: "this is no text in UTF-8: save it as UTF-8"}
	}
	tokens := lexer.Tokenize(string(source))
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, in.syntax(err, tokens)
	}
	if at := swallowed(tokens); at != nil {
		return nil, in.problem(at, wantOneDocument)
	}
	var document ast.Node
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case i > 0:
			return nil, in.problem(place(doc.Body), wantOneDocument)
		default:
			document = doc.Body
		}
	}
	return document, nil
}

const wantOneDocument = "there is a second document, but a file has one"

// swallowed returns the first token behind an empty document, nil where there is
// none. The parser leaves out whatever follows an empty document, read_only
// included.
func swallowed(tokens token.Tokens) *token.Token {
	marks := 0
	for _, t := range tokens {
		switch t.Type {
		case token.DocumentHeaderType, token.DocumentEndType:
			marks++
		case token.CommentType:
		default:
			if marks > 1 {
				return t
			}
		}
	}
	return nil
}

// reader reads one file.
type reader struct {
	name     string
	warnings []Problem
}

// readSettings reads the pairs of a mapping into a T.
func readSettings[T any](in *reader, node ast.Node, known map[string]setting[T], into *T) error {
	return in.each(node, func(key string, at *token.Token, value ast.Node) error {
		s, ok := known[key]
		if !ok {
			nearest := closest(key, slices.Sorted(maps.Keys(known)))
			in.warn(at, fmt.Sprintf("unknown key %q is ignored; the nearest known one is %q", key, nearest))
			return nil
		}
		err := s.read(value, into, in)
		if errors.Is(err, errUnfit) {
			return in.problem(place(value), fmt.Sprintf("%s: want %s", key, s.want))
		}
		return err
	})
}

// each calls visit for every pair of a mapping. No value at all is no pair.
func (in *reader) each(node ast.Node, visit func(key string, at *token.Token, value ast.Node) error) error {
	var pairs []*ast.MappingValueNode
	switch node := node.(type) {
	case *ast.MappingNode:
		pairs = node.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{node}
	case *ast.NullNode:
	default:
		return in.problem(place(node), "want settings, each on a line like \"key: value\"")
	}
	for _, pair := range pairs {
		at := pair.Key.GetToken()
		if err := visit(at.Value, at, pair.Value); err != nil {
			return err
		}
	}
	return nil
}

// items calls visit for every item of a list. No value at all is no item.
func (in *reader) items(node ast.Node, visit func(item ast.Node) error) error {
	switch node := node.(type) {
	case *ast.NullNode:
		return nil
	case *ast.SequenceNode:
		for _, item := range node.Values {
			if err := visit(item); err != nil {
				return err
			}
		}
		return nil
	}
	return errUnfit
}

// place is the token at which a value begins.
func place(node ast.Node) *token.Token {
	switch node := node.(type) {
	case *ast.MappingNode:
		if !node.IsFlowStyle && len(node.Values) > 0 {
			return place(node.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return place(node.Key)
	}
	return node.GetToken()
}

func (in *reader) problem(at *token.Token, message string) Problem {
	return Problem{File: in.name, Line: at.Position.Line, Column: at.Position.Column, Message: message}
}

func (in *reader) warn(at *token.Token, message string) {
	in.warnings = append(in.warnings, in.problem(at, message))
}

// syntax is the parser's error in one line, and what has probably caused it.
func (in *reader) syntax(err error, tokens token.Tokens) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	message := strings.ReplaceAll(y.GetMessage(), "\n", " ")
	switch {
	case strings.Contains(message, "\t"), strings.Contains(message, "tab character"):
		message = "a tab indents nothing in YAML: use spaces"
	case slices.ContainsFunc(tokens, isUnmeant):
		message += "; what follows a # is a comment unless it is in quotes, like \"#ff0000\""
	}
	return in.problem(y.GetToken(), message)
}

// isUnmeant reports whether a token is a comment that was probably meant as a
// value: #ff0000}.
func isUnmeant(t *token.Token) bool {
	return t.Type == token.CommentType && t.Value != "" && t.Value[0] != ' ' && t.Prev != nil && t.Prev.Position.Line == t.Position.Line
}
