package client

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// newToken is what to do without a valid token. snapdeck reads the token when it starts.
const newToken = "run `daytona login` or set a new one, then start snapdeck again"

// unauthorizedRemedy names the source of the credential. The API's message is the
// same for a missing, a wrong and an expired credential.
func (c *Client) unauthorizedRemedy(now time.Time) string {
	switch {
	case !c.expires.IsZero() && now.After(c.expires):
		return fmt.Sprintf("the credential%s expired at %s · %s", c.sourceSuffix(), c.expires.UTC().Format("2006-01-02 15:04Z"), newToken)
	case c.jwt:
		return fmt.Sprintf("the token%s was rejected · %s", c.sourceSuffix(), newToken)
	default:
		return fmt.Sprintf("the API key%s is wrong, expired or revoked · create a new one in the Daytona dashboard", c.sourceSuffix())
	}
}

// sourceSuffix returns " from DAYTONA_API_KEY" or "".
func (c *Client) sourceSuffix() string {
	if c.source == "" {
		return ""
	}
	return " from " + c.credential.redactSetting(strings.Join(strings.Fields(c.source), " "))
}

func (c *Client) forbiddenRemedy(req request, body errorBody) string {
	switch {
	case !body.fromAPI:
		return "not a response from the API · check the firewall, the proxy and the VPN"
	case body.message == invalidContext && !c.jwt:
		return "the key belongs to no organization · use an API key from the Daytona dashboard"
	case body.message == invalidContext && c.org == "":
		return "a token needs an organization · set DAYTONA_ORGANIZATION_ID or --organization"
	case body.message == invalidContext:
		return fmt.Sprintf("the token has no access to organization %s · check the id", c.credential.redactSetting(c.org))
	case body.message == "Access denied" && req.permission != "", req.permission == model.PermissionAudit:
		return model.MissingPermission(req.permission)
	case body.message == "Access denied":
		return model.MissingPermission()
	case strings.Contains(body.message, "suspended"):
		return "the organization is suspended · see the Daytona dashboard"
	default:
		return "the server does not allow this"
	}
}

// notFoundError distinguishes a snapshot or region that does not exist from a URL that
// is not the API's. Only a 404 from the API proves that a snapshot was deleted; one
// from a gateway or for an unknown route does not.
func (c *Client) notFoundError(req request, body errorBody) (model.ErrorCode, string) {
	isObject := req.creates() || strings.HasPrefix(req.path, "/snapshots/") || strings.HasPrefix(req.path, "/organizations/")
	if !body.fromAPI || !isObject || strings.HasPrefix(body.message, "Cannot "+req.method+" ") {
		return model.NotTheAPI, c.wrongURLRemedy(req)
	}
	if req.creates() {
		return model.NotFound, "choose another region"
	}
	if strings.Contains(req.path, "/build-logs") {
		return model.NotFound, "the snapshot has no build log, or was deleted"
	}
	return model.NotFound, "it was deleted or belongs to another organization"
}

func (c *Client) serverErrorRemedy(req request, status int, body errorBody) string {
	lacksAPIPath := req.url == nil && !strings.HasSuffix(c.base.Path, "/api")
	switch {
	case strings.Contains(strings.ToLower(body.message), "maintenance"):
		return "the API is under maintenance · try again later"
	case status == http.StatusBadGateway || status == http.StatusGatewayTimeout:
		return "the gateway cannot reach the API · try again soon"
	case status == http.StatusServiceUnavailable:
		return "the API is temporarily unavailable · try again soon"
	case lacksAPIPath:
		return c.wrongURLRemedy(req)
	default:
		return "server error · if it persists, contact Daytona support"
	}
}

// creates reports whether the request creates a snapshot.
func (req request) creates() bool { return req.method == http.MethodPost && req.path == snapshotsPath }

func rejectedRemedy(req request, status int, body errorBody) string {
	switch {
	case status == http.StatusConflict && req.creates():
		return "the name is taken, maybe by a snapshot that is still being removed · wait or use another name"
	case status == http.StatusProxyAuthRequired:
		return "the proxy requires a password · add it to HTTPS_PROXY, or add the host to NO_PROXY"
	case status == http.StatusRequestTimeout:
		return "the server waited too long for the request · try again"
	case strings.Contains(body.message, "HTTP request to an HTTPS server"):
		return "use https:// in the API URL"
	case strings.Contains(strings.ToLower(body.message), "try again"):
		return "wait, then try again"
	case strings.Contains(strings.ToLower(body.message), "quota"):
		return "deactivate or delete unused snapshots, or raise the quota"
	case req.creates():
		return "correct the request"
	case req.method == http.MethodGet:
		return "check that the URL is a Daytona API, in a version that snapdeck supports"
	default:
		return "" // the server's message says why
	}
}

func rateLimitRemedy(wait time.Duration) string {
	return "organization rate limit reached · retry in " + wholeSeconds(wait)
}

// wholeSeconds formats a duration, rounded up to seconds.
func wholeSeconds(d time.Duration) string {
	return (d + time.Second - time.Nanosecond).Truncate(time.Second).String()
}

// wrongURLRemedy is the remedy if another server than the API responds.
func (c *Client) wrongURLRemedy(req request) string {
	switch {
	case req.url != nil:
		return "a proxy or login page may have responded instead of the log server"
	case strings.HasSuffix(c.base.Path, "/api"):
		return "a proxy or login page may have responded · check the API URL (it ends in /api)"
	default:
		return "the API URL is probably missing /api · try " + c.credential.redactSetting(displayURL(c.base.String()+"/api"))
	}
}
