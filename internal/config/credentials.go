package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"daytona/snapdeck/client"
)

// ErrNoCredentials is wrapped by the errors that say that credentials are
// missing, and how to give them.
var ErrNoCredentials = errors.New("no credentials")

// ErrWrongHost is wrapped by the error for a key that would leave its host.
var ErrWrongHost = errors.New("the key stays with its own host")

// Wishes are what the command line says about the server and the credentials.
// Empty ones are left to the environment and the profile.
type Wishes struct {
	APIURL       string
	Profile      string // name or id in the config of the vendor's CLI
	Organization string
}

// Variables of the environment, as the vendor names them.
const (
	envKey          = "DAYTONA_API_KEY"
	envJWT          = "DAYTONA_JWT_TOKEN"
	envURL          = "DAYTONA_API_URL"
	envOrganization = "DAYTONA_ORGANIZATION_ID"
	envVendorDir    = "DAYTONA_CONFIG_DIR"
)

// VendorDir returns the directory of the vendor CLI's config, which is in that of the
// user unless a variable says otherwise, or "" where there is none.
func VendorDir(getenv func(string) string, userDir func() (string, error)) string {
	if dir := getenv(envVendorDir); dir != "" {
		return dir
	}
	dir, err := userDir()
	if err != nil {
		return "" // no home: there is no such config either
	}
	return filepath.Join(dir, "daytona")
}

// Credentials returns the first of these that there is: the wished profile, the
// API key of the environment, its JWT, the active profile of the vendor's CLI
// in vendorDir. The errors are one line each.
func Credentials(w Wishes, getenv func(string) string, vendorDir string) (client.Credentials, error) {
	if variable := SecretVariable(w, getenv); variable != "" {
		return fromEnvironment(w, getenv, variable)
	}
	return fromProfile(w, getenv, vendorDir)
}

// SecretVariable returns the variable of the environment that [Credentials] takes
// the credentials from, or "" where they are those of a profile.
func SecretVariable(w Wishes, getenv func(string) string) string {
	for _, variable := range []string{envKey, envJWT} {
		if w.Profile == "" && secretIn(variable, getenv) != "" {
			return variable
		}
	}
	return ""
}

func secretIn(variable string, getenv func(string) string) string {
	return strings.TrimSpace(getenv(variable))
}

func fromEnvironment(w Wishes, getenv func(string) string, variable string) (client.Credentials, error) {
	c := client.Credentials{
		APIURL:         cmp.Or(w.APIURL, getenv(envURL), client.DefaultURL),
		Secret:         secretIn(variable, getenv),
		JWT:            variable == envJWT,
		OrganizationID: cmp.Or(w.Organization, getenv(envOrganization)),
		Source:         variable,
	}
	if c.JWT && c.OrganizationID == "" {
		return client.Credentials{}, fmt.Errorf("%w: %s needs an organization: set %s or use --organization ID", ErrNoCredentials, envJWT, envOrganization)
	}
	return c, nil
}

func fromProfile(w Wishes, getenv func(string) string, vendorDir string) (client.Credentials, error) {
	c, err := client.CLIProfile(vendorDir, w.Profile)
	switch {
	case errors.Is(err, client.ErrNoProfile) && w.Profile == "":
		return client.Credentials{}, fmt.Errorf("%w: set %s (or %s), log in with `daytona login`, or try --demo", ErrNoCredentials, envKey, envJWT)
	case err != nil:
		return client.Credentials{}, fmt.Errorf("%w: %w", ErrNoCredentials, err)
	}
	if other := cmp.Or(w.APIURL, getenv(envURL)); other != "" {
		own := client.Origin(c.APIURL)
		if own == "" || client.Origin(other) != own {
			return client.Credentials{}, fmt.Errorf("%w: %s is for %s, not for the given API URL: set %s for that one", ErrWrongHost, c.Source, cmp.Or(own, "an unreadable URL"), envKey)
		}
		c.APIURL = other
	}
	c.OrganizationID = cmp.Or(w.Organization, c.OrganizationID, getenv(envOrganization))
	return c, nil
}
