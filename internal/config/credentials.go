package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"daytona/snapdeck/client"
)

// ErrNoCredentials is wrapped by the errors for missing credentials. They say how to
// provide them.
var ErrNoCredentials = errors.New("no credentials")

// ErrWrongHost is wrapped by the error for credentials of a profile that would be
// sent to another host.
var ErrWrongHost = errors.New("API URL does not match the profile")

// Overrides are the command-line flags that select the server and the credentials.
// Empty fields are taken from the environment or the profile.
type Overrides struct {
	APIURL       string
	Profile      string // name or id of a profile of the Daytona CLI
	Organization string
}

// Environment variables. The Daytona CLI and SDKs read the same ones.
const (
	envKey          = "DAYTONA_API_KEY"
	envJWT          = "DAYTONA_JWT_TOKEN"
	envURL          = "DAYTONA_API_URL"
	envOrganization = "DAYTONA_ORGANIZATION_ID"
	envConfigDir    = "DAYTONA_CONFIG_DIR"
)

// DaytonaCLIDir returns the configuration directory of the Daytona CLI, or "" if the
// user has no home directory.
func DaytonaCLIDir(getenv func(string) string, userDir func() (string, error)) string {
	if dir := getenv(envConfigDir); dir != "" {
		return dir
	}
	dir, err := userDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "daytona")
}

// Credentials returns the first match: the profile selected by o, the API key in the
// environment, the JWT in the environment, the active profile of the Daytona CLI in
// cliDir. Each error is one line.
func Credentials(o Overrides, getenv func(string) string, cliDir string) (client.Credentials, error) {
	if variable := SecretEnvVar(o, getenv); variable != "" {
		return fromEnvironment(o, getenv, variable)
	}
	return fromProfile(o, getenv, cliDir)
}

// APIURL returns the URL of the API for credentials that do not come from a profile.
func APIURL(o Overrides, getenv func(string) string) string {
	return cmp.Or(o.APIURL, getenv(envURL), client.DefaultURL)
}

// SecretEnvVar returns the environment variable that [Credentials] reads, or "" if the
// credentials come from a profile.
func SecretEnvVar(o Overrides, getenv func(string) string) string {
	for _, variable := range []string{envKey, envJWT} {
		if o.Profile == "" && secretIn(variable, getenv) != "" {
			return variable
		}
	}
	return ""
}

func secretIn(variable string, getenv func(string) string) string {
	return strings.TrimSpace(getenv(variable))
}

func fromEnvironment(o Overrides, getenv func(string) string, variable string) (client.Credentials, error) {
	c := client.Credentials{
		APIURL:         APIURL(o, getenv),
		Secret:         secretIn(variable, getenv),
		JWT:            variable == envJWT,
		OrganizationID: cmp.Or(o.Organization, getenv(envOrganization)),
		Source:         variable,
	}
	if c.JWT && c.OrganizationID == "" {
		return client.Credentials{}, fmt.Errorf("%w: %s requires an organization: set %s or use --organization ID", ErrNoCredentials, envJWT, envOrganization)
	}
	return c, nil
}

func fromProfile(o Overrides, getenv func(string) string, cliDir string) (client.Credentials, error) {
	c, err := client.CLIProfile(cliDir, o.Profile)
	switch {
	case errors.Is(err, client.ErrNoProfile) && o.Profile == "":
		return client.Credentials{}, fmt.Errorf("%w: set %s (or %s), log in with `daytona login`, or try --demo", ErrNoCredentials, envKey, envJWT)
	case err != nil:
		return client.Credentials{}, fmt.Errorf("%w: %w", ErrNoCredentials, err)
	}
	if other := cmp.Or(o.APIURL, getenv(envURL)); other != "" {
		own := client.Origin(c.APIURL)
		if own == "" || client.Origin(other) != own {
			return client.Credentials{}, fmt.Errorf("%w: %s is for %s: set %s for another host", ErrWrongHost, c.Source, cmp.Or(own, "an invalid URL"), envKey)
		}
		c.APIURL = other
	}
	c.OrganizationID = cmp.Or(o.Organization, c.OrganizationID, getenv(envOrganization))
	return c, nil
}
