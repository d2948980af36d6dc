package client

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

const (
	versionHeader = "X-Daytona-Api-Version"
	maxMessage    = 4 << 10 // bytes of a server's message
	maxRelease    = 40      // bytes of a version
	// invalidContext is the API's message if the credential is valid but the
	// organization is missing or wrong.
	invalidContext = "Invalid authentication context"
)

// statusError returns the error for a response that was not successful.
func (c *Client) statusError(req request, res response) *model.Error {
	body := parseErrorBody(res)
	e := &model.Error{
		Code: codeForStatus(res.status), Status: res.status, Host: c.host(req), Message: c.foreign(body.message), Sent: true,
		Release: c.release(res),
	}
	switch {
	case body.html:
		e.Message = fmt.Sprintf("%d with an HTML page", res.status)
	case e.Message == "":
		e.Message = strings.TrimSpace(fmt.Sprintf("%d %s", res.status, http.StatusText(res.status)))
	}
	now := serverTime(res.header, c.now())
	switch {
	case res.status < 400:
		e.Message, e.Remedy = c.redirectError(req, res)
	case res.status == http.StatusTooManyRequests:
		e.RetryAfter = blockDuration(res.header, now)
		e.Remedy = rateLimitRemedy(e.RetryAfter)
	case res.status == http.StatusUnauthorized:
		e.Remedy = c.unauthorizedRemedy(now)
	case res.status == http.StatusForbidden:
		e.Remedy = c.forbiddenRemedy(req, body)
	case res.status == http.StatusNotFound:
		e.Code, e.Remedy = c.notFoundError(req, body)
	case res.status >= 500:
		e.RetryAfter, _ = retryAfter(res.header, now)
		e.Remedy = c.serverErrorRemedy(req, res.status, body)
	default:
		e.Remedy = rejectedRemedy(req, res.status, body)
	}
	return e
}

// release returns the release of the API that answered, "" if the response does not say.
func (c *Client) release(res response) string {
	name := res.header.Get(versionHeader)
	return c.credential.redact(name[:min(len(name), maxRelease)])
}

func codeForStatus(status int) model.ErrorCode {
	switch {
	case status < 400:
		return model.NotTheAPI
	case status >= 500:
		return model.ServerError
	}
	switch status {
	case http.StatusUnauthorized:
		return model.Unauthorized
	case http.StatusForbidden:
		return model.Forbidden
	case http.StatusNotFound:
		return model.NotFound
	case http.StatusConflict:
		return model.Conflict
	case http.StatusTooManyRequests:
		return model.RateLimited
	case http.StatusProxyAuthRequired, http.StatusRequestTimeout:
		return model.Network
	default:
		return model.Invalid
	}
}

// errorBody is the content of an error response.
type errorBody struct {
	message string
	html    bool // an HTML page without a message
	fromAPI bool // false if a proxy or another server answered
}

// parseErrorBody parses the API's {message, error, statusCode}, where message may
// be a list. Any other text is the message itself.
func parseErrorBody(res response) errorBody {
	var body struct {
		Message    json.RawMessage `json:"message"`
		Error      json.RawMessage `json:"error"`
		StatusCode json.RawMessage `json:"statusCode"`
	}
	fromAPI := res.header.Get(versionHeader) != ""
	if json.Unmarshal(res.body, &body) != nil {
		if isHTML(res.body) {
			return errorBody{html: true, fromAPI: fromAPI}
		}
		return errorBody{message: strings.TrimSpace(string(res.body)), fromAPI: fromAPI}
	}
	message := messageText(body.Message)
	if message == "" {
		message = messageText(body.Error)
	}
	return errorBody{message: message, fromAPI: fromAPI || message != "" || body.StatusCode != nil}
}

// messageText returns a JSON string, the strings of a list, or any other JSON
// unchanged.
func messageText(raw json.RawMessage) string {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return ""
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil {
		return strings.Join(list, ", ")
	}
	return string(raw)
}

func truncate(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	return strings.ToValidUTF8(s[:maxMessage], "") + "…"
}

func isHTML(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

// redirectError describes a redirect that was not followed. It shows only scheme,
// host and path of the target, because a query may contain secrets.
func (c *Client) redirectError(req request, res response) (message, remedy string) {
	target, err := url.Parse(res.header.Get("Location"))
	if err != nil || res.header.Get("Location") == "" {
		return fmt.Sprintf("unexpected status %d", res.status), c.wrongURLRemedy(req)
	}
	from := c.base
	if req.url != nil {
		from = req.url
	}
	target = from.ResolveReference(target)
	if origin(target) == origin(from) {
		return "redirect not followed", c.wrongURLRemedy(req)
	}
	return "redirect to " + c.foreign(displayURL(target.String())),
		"the credential is not sent there · if the API has moved, change the API URL"
}

// rateLimitError returns the error for a request that the throttle did not allow.
func (c *Client) rateLimitError(wait time.Duration) *model.Error {
	return &model.Error{
		Code: model.RateLimited, Host: c.host(request{}), Message: "too many requests",
		Remedy: rateLimitRemedy(wait), RetryAfter: wait,
	}
}

// notPermitted returns the error for a request that is not sent because the server
// would reject it: each 401 counts against all clients of this IP address.
func (c *Client) notPermitted(message, remedy string) *model.Error {
	return &model.Error{Code: model.Forbidden, Host: c.host(request{}), Message: message, Remedy: remedy}
}
