package config

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Profile holds the settings for one profile of the Daytona CLI. The zero Profile
// stands for a profile without settings.
type Profile struct {
	Name         string
	Quota        int           // of snapshots in its organization; 0 if unset
	ReadOnly     bool          // disable actions that change the server
	HeaderColour string        // colour of the profile's name in the header, see [theme.Palette.With]; "" hides the name
	Deactivation time.Duration // how long the server keeps an unused snapshot active, 0 if unset

	pos Problem // position in the file, without a message
}

// Profile returns the settings for the credentials with this Source. Credentials that
// do not come from a profile have none.
func (c Config) Profile(source string) Profile {
	for name, profile := range c.Profiles {
		if source == fmt.Sprintf("profile %q", name) {
			return profile
		}
	}
	return Profile{}
}

// DeactivationFor returns how long the server of the credentials with this Source keeps an
// unused snapshot active: the setting of their profile, else that of the file, 0 for none.
func (c Config) DeactivationFor(source string) time.Duration {
	return cmp.Or(c.Profile(source).Deactivation, c.Deactivation)
}

// QuotaOf returns the quota of snapshots for the credentials with this source, 0 if it is
// not configured.
func (c Config) QuotaOf(source string) int { return cmp.Or(c.Profile(source).Quota, c.Quota) }

// UnknownProfiles returns a warning for each profile of the file that is not in names,
// the profiles of the Daytona CLI. Without it a misspelt read_only profile would go
// unnoticed.
func (c Config) UnknownProfiles(names []string) []Problem {
	var warnings []Problem
	for _, p := range c.profilesInFileOrder() {
		if len(names) == 0 || slices.Contains(names, p.Name) {
			continue
		}
		p.pos.Message = fmt.Sprintf("profiles: the Daytona CLI has no profile %q; closest match: %q", p.Name, closest(p.Name, names))
		warnings = append(warnings, p.pos)
	}
	return warnings
}

// ReadOnlyIgnored returns a warning if a profile is read-only but no profile applies,
// because the credentials come from an environment variable.
func (c Config) ReadOnlyIgnored(variable string) []Problem {
	for _, p := range c.profilesInFileOrder() {
		if p.ReadOnly && !c.ReadOnly {
			p.pos.Message = fmt.Sprintf("profiles: read_only of %q does not apply to the key in %s: use --read-only, or the top-level read_only", p.Name, variable)
			return []Problem{p.pos}
		}
	}
	return nil
}

// profilesInFileOrder returns the profiles sorted by their position in the file.
func (c Config) profilesInFileOrder() []Profile {
	return slices.SortedFunc(maps.Values(c.Profiles), func(a, b Profile) int {
		return cmp.Or(cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.pos.Column, b.pos.Column))
	})
}
