package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
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
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return in.syntax(err)
	}
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case i > 0:
			return in.problem(place(doc.Body), "there is a second document, but a file has one")
		default:
			if err := readSettings(in, doc.Body, known, into); err != nil {
				return err
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
			in.warnings = append(in.warnings, in.problem(at, fmt.Sprintf("unknown key %q is ignored; the nearest known one is %q", key, nearest)))
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

// syntax is the parser's error in one line.
func (in *reader) syntax(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	return in.problem(y.GetToken(), strings.ReplaceAll(y.GetMessage(), "\n", " "))
}
