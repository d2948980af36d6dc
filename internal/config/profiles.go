package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Profile holds the settings for one profile of the vendor's CLI. The zero
// Profile is one that the file does not mention.
type Profile struct {
	Name         string
	ReadOnly     bool   // change nothing on the server
	HeaderColour string // the colour (see [theme.Palette.With]) in which the header shows the name; "" for not at all

	at Problem // where the file names it, without a message
}

// Profile returns the settings for the profile that credentials came from, as
// their Source names it. Other credentials have none.
func (c Config) Profile(source string) Profile {
	for name, profile := range c.Profiles {
		if source == fmt.Sprintf("profile %q", name) {
			return profile
		}
	}
	return Profile{}
}

// UnknownProfiles returns a warning for each profile of the file that is none of
// names, which are those of the vendor's CLI: its settings would never apply, and
// who mistyped a profile that is to be read-only would not notice in time.
func (c Config) UnknownProfiles(names []string) []Problem {
	var warnings []Problem
	for _, p := range c.inOrder() {
		if len(names) == 0 || slices.Contains(names, p.Name) {
			continue
		}
		p.at.Message = fmt.Sprintf("profiles: the vendor's CLI has no profile %q; the nearest one is %q", p.Name, closest(p.Name, names))
		warnings = append(warnings, p.at)
	}
	return warnings
}

// PassedBy returns a warning where a profile is read-only although the credentials
// are those of a variable of the environment, so that no profile applies, and
// where everything is not read-only anyway.
func (c Config) PassedBy(variable string) []Problem {
	for _, p := range c.inOrder() {
		if p.ReadOnly && !c.ReadOnly {
			p.at.Message = fmt.Sprintf("profiles: read_only of %q does not hold for the key in %s: use --read-only, or read_only at the top of the file", p.Name, variable)
			return []Problem{p.at}
		}
	}
	return nil
}

// inOrder are the profiles as they stand in the file.
func (c Config) inOrder() []Profile {
	return slices.SortedFunc(maps.Values(c.Profiles), func(a, b Profile) int {
		return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
	})
}
