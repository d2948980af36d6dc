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

// Credentials are where the API is and who asks. However a value is printed,
// the secret is not: see [Credentials.Format].
type Credentials struct {
	APIURL         string    // base URL of the API, ends in /api as a rule
	Secret         string    // API key or JWT
	JWT            bool      // Secret is a JWT: it needs an organization
	OrganizationID string    // which organization a JWT asks about
	Source         string    // where they were found, for messages: "DAYTONA_API_KEY"
	ExpiresAt      time.Time // when the secret expires, zero where unknown
}

// hidden stands where a secret stood.
const redacted = "[hidden]"

// String tells everything but the secret.
func (c Credentials) String() string {
	kind := "API key"
	if c.JWT {
		kind = "JWT"
	}
	line := fmt.Sprintf("%s for %s from %s", kind, displayURL(c.APIURL), c.Source)
	return newSecret(c.Secret).redact(line)
}

// Format writes [Credentials.String] for every verb and flag, %#v and %x
// included.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// MarshalJSON hides the secret.
func (c Credentials) MarshalJSON() ([]byte, error) {
	clean := newSecret(c.Secret).redact
	return json.Marshal(map[string]any{
		"apiUrl":         clean(displayURL(c.APIURL)),
		"secret":         redacted,
		"jwt":            c.JWT,
		"organizationId": clean(c.OrganizationID),
		"source":         clean(c.Source),
	})
}

// LogValue hides the secret from slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// checked returns the credentials ready for a header: without white space around
// them, which comes along when they are pasted or read from a file.
func (c Credentials) validated() (Credentials, error) {
	c.Secret = strings.TrimSpace(c.Secret)
	c.OrganizationID = strings.TrimSpace(c.OrganizationID)
	switch {
	case c.Secret == "":
		return c, errors.New("no API key: set DAYTONA_API_KEY, or run `daytona login`")
	case !isHeaderSafe(c.Secret):
		return c, errors.New("the API key holds a space or a character that cannot be sent: copy it again")
	case !isHeaderSafe(c.OrganizationID):
		return c, errors.New("the organization id holds a space or a character that cannot be sent: copy it again")
	}
	if c.JWT && c.ExpiresAt.IsZero() {
		c.ExpiresAt = jwtExpiry(c.Secret)
	}
	return c, nil
}

// headerSafe reports whether s is printable ASCII without spaces.
func isHeaderSafe(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
