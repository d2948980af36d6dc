package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"
)

// Credentials are the API's URL and the secret to use there. Printing a value
// never shows the secret: see [Credentials.Format].
type Credentials struct {
	APIURL         string    // base URL of the API, usually ends in /api
	Secret         string    // API key or JWT
	JWT            bool      // Secret is a JWT: it needs an organization
	OrganizationID string    // organization of a JWT
	Source         string    // where they come from, for messages: "DAYTONA_API_KEY"
	ExpiresAt      time.Time // when the secret expires, zero if unknown
}

// redacted replaces a secret.
const redacted = "[redacted]"

// String describes the credentials without the secret.
func (c Credentials) String() string {
	kind := "API key"
	if c.JWT {
		kind = "JWT"
	}
	clean := newSecret(c.Secret).redactSetting
	return fmt.Sprintf("%s for %s from %s", kind, clean(displayURL(c.APIURL)), clean(c.Source))
}

// Format writes [Credentials.String] for every verb and flag, including %#v and %x.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// MarshalJSON redacts the secret.
func (c Credentials) MarshalJSON() ([]byte, error) {
	clean := newSecret(c.Secret).redactSetting
	return json.Marshal(map[string]any{
		"apiUrl":         clean(displayURL(c.APIURL)),
		"secret":         redacted,
		"jwt":            c.JWT,
		"organizationId": clean(c.OrganizationID),
		"source":         clean(c.Source),
	})
}

// LogValue redacts the secret for log/slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// validated returns the credentials without surrounding white space, which pasting
// adds, or a one-line error if they cannot be sent in a header.
func (c Credentials) validated() (Credentials, error) {
	c.Secret = strings.TrimSpace(c.Secret)
	c.OrganizationID = strings.TrimSpace(c.OrganizationID)
	switch {
	case c.Secret == "":
		return c, errors.New("no API key: set DAYTONA_API_KEY or run `daytona login`")
	case !isHeaderSafe(c.Secret):
		return c, errors.New("the API key contains a space or an invalid character: copy it again")
	case !isHeaderSafe(c.OrganizationID):
		return c, errors.New("the organization id contains a space or an invalid character: copy it again")
	}
	if c.JWT && c.ExpiresAt.IsZero() {
		c.ExpiresAt = jwtExpiry(c.Secret)
	}
	return c, nil
}

// isHeaderSafe reports whether s is printable ASCII without spaces.
func isHeaderSafe(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
