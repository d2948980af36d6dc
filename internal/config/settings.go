package config

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"daytona/snapdeck/model/family"
	"daytona/snapdeck/model/query"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/row"
)

// The limits of the poll interval. The whole organization shares one rate limit, so
// polling faster is not an option.
const (
	MinInterval = time.Second
	MaxInterval = time.Hour
)

// The limits of the time until an auto-deactivation. The server checks every ten minutes.
const (
	minDeactivation = 10 * time.Minute
	maxDeactivation = 10 * 365 * 24 * time.Hour
)

// setting describes a key of the file.
type setting[T any] struct {
	expected string // describes valid values, for the error
	decode   func(value ast.Node, into *T, d *decoder) error
}

// Descriptions that several settings share.
const (
	expectedBool         = "true or false"
	expectedSwitch       = "on or off"
	expectedQuery        = "a query in quotes, like \"state:failed used:>30d\""
	expectedQuota        = "a number of snapshots, like 120"
	expectedDeactivation = "a duration from 10m to 10y, like 21d"
)

// settings are the top-level keys.
var settings = map[string]setting[Config]{
	"interval": {"a duration from 1s to 1h, like 5s", func(v ast.Node, c *Config, _ *decoder) error {
		return decode(v, &c.Interval, CheckInterval)
	}},
	"theme": {ThemeChoices(), func(v ast.Node, c *Config, d *decoder) error {
		if err := decode(v, &c.Theme, CheckTheme); err != nil {
			return err
		}
		if isThemeFile(c.Theme) && !filepath.IsAbs(c.Theme) {
			c.Theme = filepath.Join(filepath.Dir(d.name), c.Theme)
		}
		return nil
	}},
	"ascii":        {expectedBool, func(v ast.Node, c *Config, _ *decoder) error { return decode(v, &c.ASCII, nil) }},
	"read_only":    {expectedBool, func(v ast.Node, c *Config, _ *decoder) error { return decode(v, &c.ReadOnly, nil) }},
	"trash":        {expectedSwitch, func(v ast.Node, c *Config, _ *decoder) error { return decodeOff(v, &c.TrashOff) }},
	"server_check": {expectedSwitch, func(v ast.Node, c *Config, _ *decoder) error { return decodeOff(v, &c.ServerCheckOff) }},
	"quota":        {expectedQuota, func(v ast.Node, c *Config, _ *decoder) error { return decodeQuota(v, &c.Quota) }},
	"query":        {expectedQuery, func(v ast.Node, c *Config, d *decoder) error { return d.decodeQuery(v, &c.Query) }},
	"deactivation": {expectedDeactivation, func(v ast.Node, c *Config, _ *decoder) error { return decodeDeactivation(v, &c.Deactivation) }},
	"protect": {"a list of name patterns, like [\"prod-*\"]", func(v ast.Node, c *Config, d *decoder) error {
		return d.eachItem(v, func(item ast.Node) error {
			pattern, ok := scalarText(item)
			if _, err := path.Match(pattern, ""); !ok || err != nil {
				return d.problem(firstToken(item), "protect: expected a name pattern, like \"prod-*\"")
			}
			c.Protect = append(c.Protect, pattern)
			return nil
		})
	}},
	"cleanup": {"keep, unused and failed", func(v ast.Node, c *Config, d *decoder) error {
		return decodeSettings(d, v, cleanupSettings, &c.Cleanup)
	}},
	"families": {"a list of patterns, like ['node-(\\d+)']", func(v ast.Node, c *Config, d *decoder) error {
		return d.eachItem(v, func(item ast.Node) error {
			pattern, _ := scalarText(item)
			if err := family.CheckPattern(pattern); err != nil {
				return d.problem(firstToken(item), "families: "+err.Error())
			}
			c.Families = append(c.Families, pattern)
			return nil
		})
	}},
	"views": {"a list of views, each with a name, a query and a sort", func(v ast.Node, c *Config, d *decoder) error {
		return d.eachItem(v, func(item ast.Node) error {
			var view row.View
			if err := decodeSettings(d, item, viewSettings, &view); err != nil {
				return err
			}
			if view.Name == "" {
				return d.problem(firstToken(item), "views: expected a name for this view")
			}
			if slices.ContainsFunc(c.Views, func(other row.View) bool { return other.Name == view.Name }) {
				d.warn(firstToken(item), fmt.Sprintf("views: duplicate name %q", view.Name))
			}
			c.Views = append(c.Views, view)
			return nil
		})
	}},
	"keys": {"actions, each with a key or a list of keys", func(v ast.Node, c *Config, d *decoder) error { return d.decodeKeymap(v, c) }},
	"profiles": {"profiles by name, each with its settings", func(v ast.Node, c *Config, d *decoder) error {
		c.Profiles = map[string]Profile{}
		return d.eachPair(v, func(name string, at *token.Token, value ast.Node) error {
			p := Profile{Name: name, pos: d.problem(at, "")}
			err := decodeSettings(d, value, profileSettings, &p)
			c.Profiles[name] = p
			return err
		})
	}},
}

// viewSettings are the keys of one view.
var viewSettings = map[string]setting[row.View]{
	"name":  {"a name", func(v ast.Node, view *row.View, _ *decoder) error { return decodeText(v, &view.Name) }},
	"query": {expectedQuery, func(v ast.Node, view *row.View, d *decoder) error { return d.decodeQuery(v, &view.Query) }},
	"sort": {"a column, like used or used:reverse", func(v ast.Node, view *row.View, d *decoder) error {
		if err := decodeText(v, &view.Sort); err != nil {
			return err
		}
		if _, err := row.ParseSort(view.Sort); err != nil {
			return d.problem(firstToken(v), "sort: "+err.Error())
		}
		return nil
	}},
}

// profileSettings are the keys of one profile.
var profileSettings = map[string]setting[Profile]{
	"read_only":    {expectedBool, func(v ast.Node, p *Profile, _ *decoder) error { return decode(v, &p.ReadOnly, nil) }},
	"deactivation": {expectedDeactivation, func(v ast.Node, p *Profile, _ *decoder) error { return decodeDeactivation(v, &p.Deactivation) }},
	"quota":        {expectedQuota, func(v ast.Node, p *Profile, _ *decoder) error { return decodeQuota(v, &p.Quota) }},
	"header_colour": {theme.ExpectedColour, func(v ast.Node, p *Profile, _ *decoder) error {
		if err := decodeText(v, &p.HeaderColour); err != nil {
			return err
		}
		if _, err := theme.Dark().With(headerColour, p.HeaderColour); err != nil {
			return errInvalidValue
		}
		return nil
	}},
}

// headerColour is the colour of the palette that header_colour sets.
const headerColour = "profile"

// errInvalidValue makes decodeSettings report what the setting expects.
var errInvalidValue = errors.New("invalid value")

// CheckInterval returns an error unless d is a valid poll interval.
func CheckInterval(d time.Duration) error {
	if d < MinInterval || d > MaxInterval {
		return errInvalidValue
	}
	return nil
}

// decodeDeactivation decodes the time until an auto-deactivation, in the units of a query.
func decodeDeactivation(value ast.Node, into *time.Duration) error {
	text, _ := scalarText(value)
	d, ok := query.ParseDuration(text)
	if !ok || d < minDeactivation || d > maxDeactivation {
		return errInvalidValue
	}
	*into = d
	return nil
}

// decodeOff decodes on or off, which other YAML parsers take for true and false.
func decodeOff(value ast.Node, off *bool) error {
	switch text, _ := scalarText(value); text {
	case "on", "true":
		*off = false
	case "off", "false":
		*off = true
	default:
		return errInvalidValue
	}
	return nil
}

// maxQuota is more snapshots than any organization has.
const maxQuota = 10_000_000

// decodeQuota decodes a quota of snapshots. YAML would take 1.5 for 1.
func decodeQuota(value ast.Node, into *int) error {
	text, _ := scalarText(value)
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxQuota {
		return errInvalidValue
	}
	*into = n
	return nil
}

// decode decodes value into a T and runs check on it unless that is nil.
func decode[T any](value ast.Node, into *T, check func(T) error) error {
	if err := yaml.NodeToValue(value, into, yaml.Strict()); err != nil {
		return errInvalidValue
	}
	if check == nil {
		return nil
	}
	return check(*into)
}

// decodeText decodes a non-empty text. An empty one is probably a colour without quotes:
// in YAML the # starts a comment.
func decodeText(value ast.Node, into *string) error {
	text, ok := scalarText(value)
	if !ok || text == "" {
		return errInvalidValue
	}
	*into = text
	return nil
}

// scalarText returns the text of a scalar as written: "1" for the number 1.
func scalarText(value ast.Node) (string, bool) {
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

// decodeQuery decodes a query and rejects invalid parts. The dashboard ignores these, so a
// view with a misspelt field would show too much.
func (d *decoder) decodeQuery(value ast.Node, into *string) error {
	if err := decode(value, into, nil); err != nil {
		return err
	}
	if problems := query.Parse(*into).StrictProblems(); len(problems) > 0 {
		p := problems[0]
		return d.problem(firstToken(value), fmt.Sprintf("query: expected %s, not %q", p.Expected, (*into)[p.From:p.To]))
	}
	return nil
}

// isThemeFile reports whether choice is a path instead of the name of a built-in theme.
func isThemeFile(choice string) bool {
	return strings.ContainsAny(choice, `/\`) || slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(choice))
}
