// Package config finds out what the program is to work with: the settings in
// the user's YAML file, and the credentials in the environment or in the config
// of the vendor's CLI.
//
// The file may only help, never surprise. Every setting is optional. A value
// that cannot be used is an error with its line and column, because to go on
// with a default would be a guess. An unknown key is a warning: it may belong to
// a newer version, and a read-only look at snapshots is worth more than a
// perfect file.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"time"

	"daytona/snapdeck/ui"
)

// Config is the content of the file.
type Config struct {
	Interval time.Duration // the shortest time between two polls; 0 where it is not set
	Theme    string        // a built-in theme or the path of a theme file; "" to ask the terminal
	ASCII    bool          // draw with ASCII only
	ReadOnly bool          // change nothing on the server
	Query    string        // the filter at the start
	Views    []ui.View     // beside the built-in ones
	Keys     ui.Keymap     // has no Problems
	Protect  []string      // name patterns (path.Match) whose deletion wants the name typed
	Profiles map[string]Profile
}

// A Problem is something at one place of the file. As an error it is one line
// that begins with that place: "config.yaml:3:7: ...".
type Problem struct {
	File         string
	Line, Column int // from 1
	Message      string
}

// Error is the problem with its place.
func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Load reads a file. Where it does not exist and need not, the Config is empty.
// An error is a Problem if it has a place in the file; warnings never stop
// anything.
func Load(path string, required bool) (c Config, warnings []Problem, err error) {
	source, err := readFile(path, patience)
	if errors.Is(err, fs.ErrNotExist) && !required {
		return Config{}, nil, nil
	}
	if err != nil {
		return Config{}, nil, fmt.Errorf("the configuration %w", err)
	}
	return Parse(path, source)
}
