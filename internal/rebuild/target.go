package rebuild

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"daytona/snapdeck/model"
)

// Target is the server and organization of a rebuild. A snapshot that was deleted in
// one is never created in another.
type Target struct {
	APIURL         string `json:"apiURL"`
	OrganizationID string `json:"organizationId"` // "" if not known
}

// Errors of [Target.Accepts].
var (
	ErrOtherServer         = errors.New("it belongs to another server")
	ErrOtherOrganization   = errors.New("it belongs to another organization")
	ErrUnknownOrganization = errors.New("the organization of this key is not known: specify it")
)

// Accepts returns nil if a rebuild of the other target can be resumed here, or
// [ErrOtherServer], [ErrOtherOrganization], or [ErrUnknownOrganization] if this target's
// organization is not known.
func (t Target) Accepts(other Target) error {
	switch {
	case normalizeURL(t.APIURL) != normalizeURL(other.APIURL):
		return fmt.Errorf("%w: %s", ErrOtherServer, other.APIURL)
	case other.OrganizationID == t.OrganizationID:
		return nil
	case t.OrganizationID == "":
		return ErrUnknownOrganization
	default:
		return fmt.Errorf("%w: %s", ErrOtherOrganization, other.OrganizationID)
	}
}

// withOrganization fills in the organization of a snapshot if the target has none: the
// API does not show the organization of a key, but its snapshots do.
func (t Target) withOrganization(s *model.Snapshot) Target {
	if t.OrganizationID == "" {
		t.OrganizationID = s.OrganizationID.Value
	}
	return t
}

// normalizeURL returns the form in which URLs are compared.
func normalizeURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return raw
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	if port := u.Port(); u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	return strings.TrimRight(u.String(), "/")
}
