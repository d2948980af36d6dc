package client

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// maxProfileBytes limits the Daytona CLI's config file, which is a few KB in size.
const maxProfileBytes = 1 << 20

// ErrNoProfile means that the Daytona CLI is not set up, or has no profile with the
// given name or id. Its text says what to do.
var ErrNoProfile = errors.New("run `daytona login`, set DAYTONA_API_KEY or try --demo")

// cliConfig is the Daytona CLI's config.json.
type cliConfig struct {
	ActiveProfile string       `json:"activeProfile"`
	Profiles      []cliProfile `json:"profiles"`
}

type cliProfile struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	API  struct {
		URL   string  `json:"url"`
		Key   *string `json:"key"`
		Token *struct {
			AccessToken string `json:"accessToken"`
			ExpiresAt   string `json:"expiresAt"` // RFC 3339
		} `json:"token"`
	} `json:"api"`
	ActiveOrganizationID *string `json:"activeOrganizationId"`
}

// CLIProfile returns the credentials of a profile of the Daytona CLI from
// config.json in dir: the one with that name or id, or the active one if name is
// empty. An expired token is not an error here: the server decides, see
// [Credentials.ExpiresAt].
//
// Errors are one line. They may contain names and ids of profiles, but nothing else
// from the file, because it contains secrets. They wrap [ErrNoProfile] if there is no
// profile at all; otherwise they list the profiles to choose from.
func CLIProfile(dir, name string) (Credentials, error) {
	path := filepath.Join(dir, "config.json")
	config, err := readCLIConfig(path)
	if err != nil && name != "" {
		return Credentials{}, fmt.Errorf("profile %q: %w", name, err)
	}
	if err != nil {
		return Credentials{}, err
	}
	profile, err := config.pick(name)
	if err != nil {
		return Credentials{}, fmt.Errorf("%s %w", path, err)
	}
	return profile.credentials(path)
}

// CLIProfileNames returns the names of the Daytona CLI's profiles in the order of
// its file, or the id of a profile without a name. The errors are those of
// [CLIProfile].
func CLIProfileNames(dir string) ([]string, error) {
	config, err := readCLIConfig(filepath.Join(dir, "config.json"))
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(config.Profiles))
	for _, p := range config.Profiles {
		names = append(names, p.displayName())
	}
	return names, nil
}

func readCLIConfig(path string) (cliConfig, error) {
	var config cliConfig
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return config, fmt.Errorf("no Daytona CLI config at %s: %w", path, ErrNoProfile)
	}
	if err == nil && !info.Mode().IsRegular() { // opening a pipe blocks
		return config, fmt.Errorf("%s is not a regular file: replace it, or run `daytona login`", path)
	}
	if err != nil {
		return config, fmt.Errorf("read the Daytona CLI config: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return config, fmt.Errorf("read the Daytona CLI config: %w", err)
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(io.LimitReader(file, maxProfileBytes+1))
	if err != nil {
		return config, fmt.Errorf("read the Daytona CLI config: %w", err)
	}
	if len(raw) > maxProfileBytes {
		return config, fmt.Errorf("%s is larger than %d bytes: not a Daytona CLI config", path, maxProfileBytes)
	}
	if err := json.Unmarshal(raw, &config); err != nil {
		return config, fmt.Errorf("%s%s is invalid: fix it or run `daytona login` again", path, errorPosition(raw, err))
	}
	return config, nil
}

// errorPosition returns ":line:column" of a JSON error, or "" if it is unknown.
func errorPosition(raw []byte, err error) string {
	var offset int64
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = syntax.Offset
	} else if typeErr, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = typeErr.Offset
	} else {
		return ""
	}
	line, column := 1, 1
	for _, b := range raw[:min(max(offset-1, 0), int64(len(raw)))] {
		column++
		if b == '\n' {
			line, column = line+1, 1
		}
	}
	return ":" + strconv.Itoa(line) + ":" + strconv.Itoa(column)
}

// pick returns the profile with the name or id, or the active one if name is empty.
func (c cliConfig) pick(name string) (cliProfile, error) {
	id := cmp.Or(name, c.ActiveProfile)
	for _, p := range c.Profiles {
		if id != "" && p.ID == id {
			return p, nil
		}
	}
	for _, p := range c.Profiles {
		if name != "" && p.Name == name {
			return p, nil
		}
	}
	return cliProfile{}, c.missing(name)
}

// missing returns the error that there is no such profile, or no active one if name is
// empty.
func (c cliConfig) missing(name string) error {
	problem := fmt.Sprintf("has no profile %q", cmp.Or(name, c.ActiveProfile))
	switch {
	case name == "" && c.ActiveProfile == "":
		problem = "has no active profile"
	case name == "":
		problem += ", although it is the active one"
	}
	switch {
	case len(c.Profiles) > 0:
		return fmt.Errorf("%s: run `daytona login`, or use --profile with %s", problem, c.listNames())
	case name == "" && c.ActiveProfile != "":
		return fmt.Errorf("%s: run `daytona login`", problem)
	default:
		return fmt.Errorf("%s: %w", problem, ErrNoProfile)
	}
}

// maxListedNames limits the profiles in an error.
const maxListedNames = 5

// listNames returns the names of the profiles, for an error.
func (c cliConfig) listNames() string {
	var names []string
	for _, p := range c.Profiles[:min(len(c.Profiles), maxListedNames)] {
		names = append(names, strconv.Quote(p.displayName()))
	}
	if more := len(c.Profiles) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

// displayName returns the name, or the id of a profile without a name.
func (p cliProfile) displayName() string { return cmp.Or(p.Name, p.ID) }

// credentials prefers the key to the token, as the Daytona CLI does.
func (p cliProfile) credentials(path string) (Credentials, error) {
	c := Credentials{APIURL: p.API.URL, Source: fmt.Sprintf("profile %q", p.displayName())}
	if c.APIURL == "" {
		c.APIURL = DefaultURL
	}
	if p.ActiveOrganizationID != nil {
		c.OrganizationID = *p.ActiveOrganizationID
	}
	switch {
	case p.API.Key != nil && *p.API.Key != "":
		c.Secret = *p.API.Key
	case p.API.Token != nil && p.API.Token.AccessToken != "":
		c.Secret, c.JWT = p.API.Token.AccessToken, true
		if at, err := time.Parse(time.RFC3339, p.API.Token.ExpiresAt); err == nil {
			c.ExpiresAt = at.UTC()
		}
	default:
		return Credentials{}, fmt.Errorf("profile %q in %s has neither a key nor a token: run `daytona login`", p.displayName(), path)
	}
	return c, nil
}
