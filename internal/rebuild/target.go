package rebuild

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"daytona/snapdeck/model"
)

// Target is where an operation belongs: what was deleted in one place must never
// be created in another.
type Target struct {
	APIURL         string `json:"apiURL"`
	OrganizationID string `json:"organizationId"` // "" is not known
}

// What an entry of another place is answered with.
var (
	ErrOtherServer         = errors.New("it belongs to another server")
	ErrOtherOrganization   = errors.New("it belongs to another organization")
	ErrUnknownOrganization = errors.New("the organization of this key is not known: say which it is")
)

// Accepts reports whether an operation of another target may be carried on here:
// nil, [ErrOtherServer], [ErrOtherOrganization], or [ErrUnknownOrganization] where
// this target's own organization is not known.
func (t Target) Accepts(of Target) error {
	switch {
	case normalizeURL(t.APIURL) != normalizeURL(of.APIURL):
		return fmt.Errorf("%w: %s", ErrOtherServer, of.APIURL)
	case of.OrganizationID == t.OrganizationID:
		return nil
	case t.OrganizationID == "":
		return ErrUnknownOrganization
	default:
		return fmt.Errorf("%w: %s", ErrOtherOrganization, of.OrganizationID)
	}
}

// of is the target with the organization of a snapshot, where its own is not
// known: an API key does not tell its organization, its snapshots do.
func (t Target) withOrganization(s *model.Snapshot) Target {
	if t.OrganizationID == "" {
		t.OrganizationID = s.OrganizationID.Value
	}
	return t
}

// address is a URL in the form in which two of them are compared.
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
