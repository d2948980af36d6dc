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

// Parse parses a configuration file. name is its path: Problems contain it, and the
// path of a theme file is relative to its directory.
func Parse(name string, source []byte) (c Config, warnings []Problem, err error) {
	d := &decoder{name: name}
	if err := decodeFile(d, source, settings, &c); err != nil {
		return Config{}, nil, err
	}
	return c, d.warnings, nil
}

// decodeFile decodes a file with one mapping.
func decodeFile[T any](d *decoder, source []byte, known map[string]setting[T], into *T) error {
	document, err := d.document(source)
	if err != nil || document == nil {
		return err
	}
	return decodeSettings(d, document, known, into)
}

// utf8BOM is the byte order mark that some editors write.
const utf8BOM = "\ufeff"

// document parses source, which may contain at most one document. It returns nil if there
// is none.
func (d *decoder) document(source []byte) (ast.Node, error) {
	source = bytes.TrimPrefix(source, []byte(utf8BOM)) // otherwise it is part of the first key
	if bytes.IndexByte(source, 0) >= 0 {
		return nil, Problem{File: d.name, Line: 1, Column: 1, Message: "not UTF-8 text: save the file as UTF-8"}
	}
	if lineCount(source) > maxLines {
		return nil, Problem{File: d.name, Line: maxLines + 1, Column: 1, Message: fmt.Sprintf("too long: expected at most %d lines", maxLines)}
	}
	tokens := lexer.Tokenize(string(source))
	if err := d.checkSize(tokens); err != nil {
		return nil, err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, d.syntaxError(err, tokens)
	}
	if at := tokenAfterEmptyDocument(tokens); at != nil {
		return nil, d.problem(at, secondDocument)
	}
	var document ast.Node
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case i > 0:
			return nil, d.problem(firstToken(doc.Body), secondDocument)
		default:
			document = doc.Body
		}
	}
	return document, nil
}

const secondDocument = "second document: a configuration file has only one"

// tokenAfterEmptyDocument returns the first token after an empty document, or nil. The
// parser silently drops everything after an empty document, even read_only.
func tokenAfterEmptyDocument(tokens token.Tokens) *token.Token {
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

// decoder decodes one file.
type decoder struct {
	name     string
	warnings []Problem
}

// decodeSettings decodes the pairs of a mapping into a T.
func decodeSettings[T any](d *decoder, node ast.Node, known map[string]setting[T], into *T) error {
	return d.eachPair(node, func(key string, at *token.Token, value ast.Node) error {
		s, ok := known[key]
		if !ok {
			nearest := closest(key, slices.Sorted(maps.Keys(known)))
			d.warn(at, fmt.Sprintf("unknown key %q ignored; closest match: %q", key, nearest))
			return nil
		}
		err := s.decode(value, into, d)
		if errors.Is(err, errInvalidValue) {
			return d.problem(firstToken(value), fmt.Sprintf("%s: expected %s", key, s.expected))
		}
		return err
	})
}

// eachPair calls visit for every pair of a mapping, which may be null.
func (d *decoder) eachPair(node ast.Node, visit func(key string, at *token.Token, value ast.Node) error) error {
	var pairs []*ast.MappingValueNode
	switch node := node.(type) {
	case *ast.MappingNode:
		pairs = node.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{node}
	case *ast.NullNode:
	default:
		return d.problem(firstToken(node), "expected settings, each on a line like \"key: value\"")
	}
	for _, pair := range pairs {
		at := pair.Key.GetToken()
		if err := visit(at.Value, at, pair.Value); err != nil {
			return err
		}
	}
	return nil
}

// eachItem calls visit for every item of a list, which may be null.
func (d *decoder) eachItem(node ast.Node, visit func(item ast.Node) error) error {
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
	return errInvalidValue
}

// firstToken returns the token at which a value starts.
func firstToken(node ast.Node) *token.Token {
	switch node := node.(type) {
	case *ast.MappingNode:
		if !node.IsFlowStyle && len(node.Values) > 0 {
			return firstToken(node.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return firstToken(node.Key)
	}
	return node.GetToken()
}

func (d *decoder) problem(at *token.Token, message string) Problem {
	return Problem{File: d.name, Line: at.Position.Line, Column: at.Position.Column, Message: message}
}

func (d *decoder) warn(at *token.Token, message string) {
	d.warnings = append(d.warnings, d.problem(at, message))
}

// syntaxError returns the parser's error in one line, with its probable reason.
func (d *decoder) syntaxError(err error, tokens token.Tokens) error {
	var yamlErr yaml.Error
	if !errors.As(err, &yamlErr) || yamlErr.GetToken() == nil {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	message := strings.ReplaceAll(yamlErr.GetMessage(), "\n", " ")
	switch {
	case strings.Contains(message, "\t"), strings.Contains(message, "tab character"):
		message = "tabs cannot indent YAML: use spaces"
	case slices.ContainsFunc(tokens, isUnintendedComment):
		message += "; a # starts a comment unless it is in quotes, like \"#ff0000\""
	}
	return d.problem(yamlErr.GetToken(), message)
}

// isUnintendedComment reports whether a comment was probably meant as a value, like
// #ff0000 without quotes.
func isUnintendedComment(t *token.Token) bool {
	return t.Type == token.CommentType && t.Value != "" && t.Value[0] != ' ' && t.Prev != nil && t.Prev.Position.Line == t.Position.Line
}
