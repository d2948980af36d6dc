// Package family finds the families of snapshots: names that differ only in the version at
// their end.
//
// Only an unmistakable ending counts as a version:
//
//	agents-1.4.0            two dots, also v2.0.1-rc1, 1.4.0rc2 and 1.4.0+build.5
//	agents:20261128         a date, also with a time: 20261128-1530, 20261128T153000Z
//	agents_3fa2bc5          7 to 40 hexadecimal digits with a letter and a digit
//
// One or more of - _ : / . @ separate it from the family. node-20, python-3.12 and 10.0.0.1 have no
// version, and neither do names with a variant after it, such as node-20.18.1-slim: a
// pre-release is one of the usual words, a number or a commit. Patterns from the configuration
// find other versions ([NewRules]).
//
// A name without a version, or with nothing before it, is a family of one.
package family

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// separators can stand between a family and a version.
const separators = "-_:/.@"

// Rules decide which family a name belongs to, and the order in it. A nil *Rules has no
// patterns from the configuration. Rules are immutable.
type Rules struct {
	patterns []*regexp.Regexp
	created  map[string]time.Time
}

// NewRules returns rules with patterns from the configuration. created has the creation times
// of replaced snapshots, by the id of the new one, which keeps the old place in the order. A
// pattern is a regular expression for a whole name, and captures the version: `node-(\d+)`.
// The first pattern that matches a name decides.
func NewRules(patterns []string, created map[string]time.Time) (*Rules, error) {
	r := &Rules{created: created}
	for _, text := range patterns {
		pattern, err := compile(text)
		if err != nil {
			return nil, err
		}
		r.patterns = append(r.patterns, pattern)
	}
	return r, nil
}

// With returns the rules with more creation times, see [NewRules].
func (r *Rules) With(created map[string]time.Time) *Rules {
	next := &Rules{created: make(map[string]time.Time)}
	if r != nil {
		next.patterns = r.patterns
		maps.Copy(next.created, r.created)
	}
	maps.Copy(next.created, created)
	return next
}

// CheckPattern returns why a text is not a pattern for [NewRules], or nil.
func CheckPattern(text string) error {
	_, err := compile(text)
	return err
}

func compile(text string) (*regexp.Regexp, error) {
	pattern, err := regexp.Compile("^(?:" + text + ")$")
	switch {
	case err != nil:
		return nil, fmt.Errorf(`"%s" is not a regular expression`, text)
	case pattern.NumSubexp() != 1:
		return nil, fmt.Errorf(`"%s" has %d groups, expected one that captures the version, like "node-(\d+)"`, text, pattern.NumSubexp())
	}
	return pattern, nil
}

// Split returns the family of a name and its version. A name without a version is its own
// family.
func (r *Rules) Split(name string) (family string, v Version) {
	if r != nil {
		for _, pattern := range r.patterns {
			if at := pattern.FindStringSubmatchIndex(name); at != nil && at[2] < at[3] {
				if family := withoutCapture(name, at[2], at[3]); family != "" {
					return family, configuredVersion(name[at[2]:at[3]])
				}
			}
		}
	}
	for i := range len(name) {
		if !startsVersion(name, i) {
			continue
		}
		if v, ok := parseVersion(name[i:]); ok {
			if family := strings.TrimRight(name[:i], separators); family != "" {
				return family, v
			}
			return name, Version{}
		}
	}
	return name, Version{}
}

// startsVersion reports whether a version may start at i: after a separator, but not after the
// dot inside a number.
func startsVersion(name string, i int) bool {
	if i == 0 {
		return true
	}
	before := name[i-1]
	return isSeparator(before) && (before != '.' || i == 1 || !isDigit(name[i-2]))
}

// withoutCapture returns the name without a captured version: "node" for node-20, and node-*-agents
// for node-20-agents.
func withoutCapture(name string, from, to int) string {
	if strings.Trim(name[:from]+name[to:], separators) == "" {
		return ""
	}
	if to == len(name) {
		return strings.TrimRight(name[:from], separators)
	}
	return name[:from] + "*" + name[to:]
}

// configuredVersion returns the version that a pattern captured. Numbers count here, with or
// without dots.
func configuredVersion(text string) Version {
	if v, ok := parseVersion(text); ok {
		return v
	}
	number := strings.TrimLeft(text, "vV")
	if number != "" && strings.Trim(number, digits+".") == "" && !strings.Contains("."+number+".", "..") {
		return Version{Text: text, scheme: dotted, core: number}
	}
	return Version{Text: text}
}

// Created returns when a snapshot was created. If it is known to have replaced another one,
// that is when the other one was created.
func (r *Rules) Created(s *model.Snapshot) (time.Time, bool) {
	if r != nil {
		if at, ok := r.created[s.ID]; ok {
			return at, true
		}
	}
	return s.CreatedAt.Get()
}
