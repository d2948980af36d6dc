package config

import (
	"github.com/goccy/go-yaml/ast"

	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/model/query"
)

// cleanupSettings are the keys of the rule of a clean-up.
var cleanupSettings = map[string]setting[prune.Options]{
	"keep": {"a number of snapshots from 1, like 3", func(v ast.Node, o *prune.Options, _ *decoder) error {
		return decode(v, &o.Keep, func(n int) error {
			if n < 1 {
				return errInvalidValue
			}
			return nil
		})
	}},
	"unused": {"a duration like 14d", func(v ast.Node, o *prune.Options, _ *decoder) error {
		text, _ := scalarText(v)
		d, ok := query.ParseDuration(text)
		if !ok || d <= 0 {
			return errInvalidValue
		}
		o.Unused = d
		return nil
	}},
	"failed": {expectedBool, func(v ast.Node, o *prune.Options, _ *decoder) error { return decode(v, &o.Failed, nil) }},
}
