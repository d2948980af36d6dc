// Package config reads the settings from the user's YAML file, and the credentials
// from the environment or the config of the Daytona CLI.
//
// Every setting is optional. An invalid value is an error with its line and column,
// because falling back to a default would be a guess. An unknown key is only a
// warning, because it may belong to a newer version.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"daytona/snapdeck/model/prune"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/row"
)

// Config is the content of the configuration file.
type Config struct {
	Interval time.Duration // minimum poll interval; 0 if unset
	Theme    string        // name of a built-in theme or path of a theme file; "" to ask the terminal
	ASCII    bool          // draw with ASCII characters only
	ReadOnly bool          // disable actions that change the server
	Query    string        // initial filter
	Views    []row.View    // in addition to the built-in ones
	Keys     keys.Map      // validated: it has no Problems
	Protect  []string      // patterns (path.Match) of names that have to be typed to confirm a delete
	Cleanup  prune.Options // the rule of the view clean up; zero values are unset
	Families []string      // patterns that find versions, see [family.NewRules]
	TrashOff bool          // save no recipes of deleted snapshots
	Profiles map[string]Profile

	ServerCheckOff bool // rebuild without asking the server first whether it accepts the create
	Quota          int  // of snapshots in the organization; 0 if unset
	// Deactivation is how long the server keeps an unused snapshot active, 0 if unset.
	Deactivation time.Duration
}

// A Problem is an error or a warning about one position in a file. Its text is one
// line that starts with the position: "config.yaml:3:7: ...".
type Problem struct {
	File         string
	Line, Column int // 1-based
	Message      string
}

// Error returns the message with its position.
func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Load reads the configuration file at path. A missing file is an error only if it
// is required. An error with a position in the file is a Problem.
func Load(path string, required bool) (c Config, warnings []Problem, err error) {
	source, err := readWithTimeout(path, defaultTimeouts())
	if errors.Is(err, fs.ErrNotExist) && !required {
		return Config{}, nil, nil
	}
	if err != nil {
		return Config{}, nil, fmt.Errorf("reading configuration: %w", err)
	}
	return Parse(path, source)
}
