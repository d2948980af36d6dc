package config

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The interval that can be chosen. The API's limits are shared by everybody in
// the organization, so there is no "as fast as possible".
const (
	MinInterval = time.Second
	MaxInterval = time.Hour
)

// setting is a key of the file: what its value has to be, in words for the
// error, and how it is read.
type setting[T any] struct {
	want string
	read func(value ast.Node, into *T, in *reader) error
}

// settings are the keys of the file.
var settings = map[string]setting[Config]{
	"interval": {"a duration from 1s to 1h, like 5s", func(v ast.Node, c *Config, _ *reader) error {
		return decode(v, &c.Interval, CheckInterval)
	}},
	"theme": {"dark or light", func(v ast.Node, c *Config, _ *reader) error {
		return decode(v, &c.Theme, CheckTheme)
	}},
	"ascii":     {"true or false", func(v ast.Node, c *Config, _ *reader) error { return decode(v, &c.ASCII, nil) }},
	"read_only": {"true or false", func(v ast.Node, c *Config, _ *reader) error { return decode(v, &c.ReadOnly, nil) }},
	"query":     {"a text in quotes", func(v ast.Node, c *Config, _ *reader) error { return decode(v, &c.Query, nil) }},
	"protect": {"a list of name patterns, like [\"prod-*\"]", func(v ast.Node, c *Config, _ *reader) error {
		return decode(v, &c.Protect, checkPatterns)
	}},
	"profiles": {"profiles by name, each with its settings", func(v ast.Node, c *Config, in *reader) error {
		c.Profiles = map[string]Profile{}
		return in.each(v, func(name string, _ *token.Token, value ast.Node) error {
			var p Profile
			err := readSettings(in, value, profileSettings, &p)
			c.Profiles[name] = p
			return err
		})
	}},
}

// profileSettings are the keys of one profile.
var profileSettings = map[string]setting[Profile]{
	"read_only": {"true or false", func(v ast.Node, p *Profile, _ *reader) error { return decode(v, &p.ReadOnly, nil) }},
}

// errUnfit is the error of a value that is none of what a setting wants.
var errUnfit = errors.New("unfit")

// CheckInterval returns an error unless d is an interval between two polls.
func CheckInterval(d time.Duration) error {
	if d < MinInterval || d > MaxInterval {
		return errUnfit
	}
	return nil
}

// CheckTheme returns an error unless there is a theme of this name.
func CheckTheme(name string) error {
	if name != "dark" && name != "light" {
		return errUnfit
	}
	return nil
}

func checkPatterns(patterns []string) error {
	for _, pattern := range patterns {
		if _, err := path.Match(pattern, ""); err != nil {
			return errUnfit
		}
	}
	return nil
}

// decode reads a value as a T and checks it, if there is something to check.
func decode[T any](value ast.Node, into *T, check func(T) error) error {
	if err := yaml.NodeToValue(value, into, yaml.Strict()); err != nil {
		return errUnfit
	}
	if check == nil {
		return nil
	}
	return check(*into)
}

// Parse reads the text of a file. name stands for the file in problems.
func Parse(name string, source []byte) (c Config, warnings []Problem, err error) {
	in := &reader{name: name}
	file, err := parser.ParseBytes(source, 0)
	if err != nil {
		return Config{}, nil, in.syntax(err)
	}
	for i, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case i > 0:
			return Config{}, nil, in.problem(doc.Body.GetToken(), "there is a second document, but a configuration is one")
		default:
			if err := readSettings(in, doc.Body, settings, &c); err != nil {
				return Config{}, nil, err
			}
		}
	}
	return c, in.warnings, nil
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
			in.warnings = append(in.warnings, in.problem(at, fmt.Sprintf("unknown key %q, is %q meant? It is ignored", key, nearest)))
			return nil
		}
		err := s.read(value, into, in)
		if errors.Is(err, errUnfit) {
			return in.problem(value.GetToken(), fmt.Sprintf("%s: want %s", key, s.want))
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
		return in.problem(node.GetToken(), "want settings, each on a line like \"key: value\"")
	}
	for _, pair := range pairs {
		at := pair.Key.GetToken()
		if err := visit(at.Value, at, pair.Value); err != nil {
			return err
		}
	}
	return nil
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
