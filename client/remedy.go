package client

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// unauthorizedAdvice tells who is not let in, and where the credential came from.
// The API says the same for a missing, a wrong and an expired one.
func (c *Client) unauthorizedRemedy(now time.Time) string {
	switch {
	case !c.expires.IsZero() && now.After(c.expires):
		return fmt.Sprintf("the credential%s expired %s ago: run `daytona login`, or set a new one",
			c.sourceSuffix(), now.Sub(c.expires).Round(time.Minute))
	case c.jwt:
		return fmt.Sprintf("the token%s is not accepted: run `daytona login`, or set a new one", c.sourceSuffix())
	default:
		return fmt.Sprintf("the API key%s is wrong, expired or revoked: make a new one in the web dashboard", c.sourceSuffix())
	}
}

func (c *Client) sourceSuffix() string {
	if c.source == "" {
		return ""
	}
	return " from " + strings.Join(strings.Fields(c.source), " ")
}

func (c *Client) forbiddenRemedy(req request, body errorBody) string {
	switch {
	case !body.fromAPI:
		return "this is not the API's answer: does a firewall, a proxy or a missing VPN refuse?"
	case body.message == authContext && !c.jwt:
		return "this key belongs to no organization: use an API key from the web dashboard"
	case body.message == authContext && c.org == "":
		return "a token needs an organization: set DAYTONA_ORGANIZATION_ID or --organization"
	case body.message == authContext:
		return fmt.Sprintf("the token has no access to organization %s: check its id", c.org)
	case body.message == "Access denied" && req.permission != "":
		return "the credential lacks the permission " + req.permission
	case body.message == "Access denied":
		return "the credential lacks the permission for this"
	case strings.Contains(body.message, "suspended"):
		return "the organization is suspended: the web dashboard says how to lift it"
	default:
		return "the server does not allow this"
	}
}

// missing tells a snapshot that is not there from an address that is not the
// API's. The difference matters: a 404 of the API is the proof that a snapshot is
// gone, a 404 of a gateway or of an unknown route proves nothing.
func (c *Client) notFoundError(req request, body errorBody) (model.ErrorCode, string) {
	ofOne := strings.HasPrefix(req.path, "/snapshots/") || strings.HasPrefix(req.path, "/organizations/")
	if !body.fromAPI || !ofOne || strings.HasPrefix(body.message, "Cannot "+req.method+" ") {
		return model.NotTheAPI, c.wrongURLRemedy(req)
	}
	return model.NotFound, "it is gone, or it belongs to another organization"
}

func (c *Client) serverErrorRemedy(req request, status int, body errorBody) string {
	noSuffix := req.absolute == nil && !strings.HasSuffix(c.base.Path, "/api")
	switch {
	case strings.Contains(strings.ToLower(body.message), "maintenance"):
		return "the API is being maintained and comes back by itself"
	case status == http.StatusBadGateway || status == http.StatusGatewayTimeout:
		return "a gateway does not reach the API: try again soon"
	case status == http.StatusServiceUnavailable:
		return "the API is not available for the moment: try again soon"
	case noSuffix:
		return c.wrongURLRemedy(req)
	default:
		return "the server failed: try again, and tell its operators if it stays"
	}
}

func rejectedRemedy(status int, body errorBody) string {
	switch {
	case status == http.StatusConflict:
		return "the name is taken, perhaps by one that is still being removed: wait, or use another name"
	case status == http.StatusProxyAuthRequired:
		return "the proxy wants a password: put it into HTTPS_PROXY, or add the host to NO_PROXY"
	case status == http.StatusRequestTimeout:
		return "the server waited too long for the request: try again"
	case strings.Contains(body.message, "HTTP request to an HTTPS server"):
		return "write https:// in the API URL"
	case strings.Contains(strings.ToLower(body.message), "try again"):
		return "wait as long as the server says"
	case strings.Contains(strings.ToLower(body.message), "quota"):
		return "deactivate or delete snapshots that nobody needs, or raise the quota"
	default:
		return "change what the server objects to"
	}
}
