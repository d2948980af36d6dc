package config

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui"
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

// What several settings want.
const (
	wantBool  = "true or false"
	wantQuery = "a query in quotes, like \"state:failed used:>30d\""
)

// settings are the keys of the file.
var settings = map[string]setting[Config]{
	"interval": {"a duration from 1s to 1h, like 5s", func(v ast.Node, c *Config, _ *reader) error {
		return decode(v, &c.Interval, CheckInterval)
	}},
	"theme": {WantTheme, func(v ast.Node, c *Config, in *reader) error {
		if err := decode(v, &c.Theme, CheckTheme); err != nil {
			return err
		}
		if isThemeFile(c.Theme) && !filepath.IsAbs(c.Theme) {
			c.Theme = filepath.Join(filepath.Dir(in.name), c.Theme)
		}
		return nil
	}},
	"ascii":     {wantBool, func(v ast.Node, c *Config, _ *reader) error { return decode(v, &c.ASCII, nil) }},
	"read_only": {wantBool, func(v ast.Node, c *Config, _ *reader) error { return decode(v, &c.ReadOnly, nil) }},
	"query":     {wantQuery, func(v ast.Node, c *Config, in *reader) error { return in.query(v, &c.Query) }},
	"protect": {"a list of name patterns, like [\"prod-*\"]", func(v ast.Node, c *Config, in *reader) error {
		return in.items(v, func(item ast.Node) error {
			pattern, ok := scalar(item)
			if _, err := path.Match(pattern, ""); !ok || err != nil {
				return in.problem(place(item), "protect: want a name pattern, like \"prod-*\"")
			}
			c.Protect = append(c.Protect, pattern)
			return nil
		})
	}},
	"views": {"a list of views, each with a name, a query and a sort", func(v ast.Node, c *Config, in *reader) error {
		return in.items(v, func(item ast.Node) error {
			var view ui.View
			if err := readSettings(in, item, viewSettings, &view); err != nil {
				return err
			}
			if view.Name == "" {
				return in.problem(place(item), "views: want a name for this view")
			}
			if slices.ContainsFunc(c.Views, func(other ui.View) bool { return other.Name == view.Name }) {
				in.warn(place(item), fmt.Sprintf("views: another view is called %q, too", view.Name))
			}
			c.Views = append(c.Views, view)
			return nil
		})
	}},
	"keys": {"actions, each with a key or a list of keys", func(v ast.Node, c *Config, in *reader) error { return in.keymap(v, c) }},
	"profiles": {"profiles by name, each with its settings", func(v ast.Node, c *Config, in *reader) error {
		c.Profiles = map[string]Profile{}
		return in.each(v, func(name string, at *token.Token, value ast.Node) error {
			p := Profile{Name: name, at: in.problem(at, "")}
			err := readSettings(in, value, profileSettings, &p)
			c.Profiles[name] = p
			return err
		})
	}},
}

// viewSettings are the keys of one view.
var viewSettings = map[string]setting[ui.View]{
	"name":  {"a name", func(v ast.Node, view *ui.View, _ *reader) error { return text(v, &view.Name) }},
	"query": {wantQuery, func(v ast.Node, view *ui.View, in *reader) error { return in.query(v, &view.Query) }},
	"sort": {"a column, like used or used:reverse", func(v ast.Node, view *ui.View, in *reader) error {
		if err := text(v, &view.Sort); err != nil {
			return err
		}
		if _, err := ui.ParseSort(view.Sort); err != nil {
			return in.problem(place(v), "sort: "+err.Error())
		}
		return nil
	}},
}

// profileSettings are the keys of one profile.
var profileSettings = map[string]setting[Profile]{
	"read_only": {wantBool, func(v ast.Node, p *Profile, _ *reader) error { return decode(v, &p.ReadOnly, nil) }},
	"header_colour": {theme.WantColour, func(v ast.Node, p *Profile, _ *reader) error {
		if err := text(v, &p.HeaderColour); err != nil {
			return err
		}
		if _, err := theme.Dark().With(headerColour, p.HeaderColour); err != nil {
			return errUnfit
		}
		return nil
	}},
}

// headerColour is the colour of a palette that a profile changes.
const headerColour = "profile"

// errUnfit is the error of a value that is none of what a setting wants.
var errUnfit = errors.New("unfit")

// CheckInterval returns an error unless d is an interval between two polls.
func CheckInterval(d time.Duration) error {
	if d < MinInterval || d > MaxInterval {
		return errUnfit
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

// text reads a value that is any text, but not nothing: what follows a # without
// quotes is a comment.
func text(value ast.Node, into *string) error {
	written, ok := scalar(value)
	if !ok || written == "" {
		return errUnfit
	}
	*into = written
	return nil
}

// scalar is a single value as it is written: 1 is the text "1".
func scalar(value ast.Node) (string, bool) {
	switch value := value.(type) {
	case *ast.StringNode:
		return value.Value, true
	case *ast.LiteralNode:
		return value.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return value.GetToken().Value, true
	}
	return "", false
}

// query reads a query. What it cannot understand the dashboard would leave out,
// and a view would show more than its name says. Nor is a mistyped field told by
// anybody later: nobody types here.
func (in *reader) query(value ast.Node, into *string) error {
	if err := decode(value, into, nil); err != nil {
		return err
	}
	if wrong := query.Parse(*into).FinalMistakes(); len(wrong) > 0 {
		m := wrong[0]
		return in.problem(place(value), fmt.Sprintf("query: want %s, not %q", m.Want, (*into)[m.From:m.To]))
	}
	return nil
}

// isThemeFile reports whether a theme is chosen by a path instead of a name.
func isThemeFile(choice string) bool {
	return strings.ContainsAny(choice, `/\`) || slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(choice))
}
