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
	maxMessage    = 4 << 10 // bytes of a server's message that are kept
	// authContext is what the API says where it knows the credential but not
	// for which organization.
	authContext = "Invalid authentication context"
)

// refusal is the error of an answer with a status that is no success.
func (c *Client) statusError(req request, a response) *model.Error {
	body := parseErrorBody(a)
	e := &model.Error{
		Code: codeForStatus(a.status), Status: a.status, Host: c.host(req), Message: body.message, Sent: true,
	}
	if e.Message == "" {
		e.Message = strings.TrimSpace(fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)))
	}
	now := c.now()
	switch {
	case a.status < 400:
		e.Message, e.Remedy = c.redirectError(req, a)
	case a.status == http.StatusTooManyRequests:
		e.RetryAfter = retryDelay(a.header, now)
		e.Remedy = rateLimitRemedy(e.RetryAfter)
	case a.status == http.StatusUnauthorized:
		e.Remedy = c.unauthorizedRemedy(now)
	case a.status == http.StatusForbidden:
		e.Remedy = c.forbiddenRemedy(req, body)
	case a.status == http.StatusNotFound:
		e.Code, e.Remedy = c.notFoundError(req, body)
	case a.status >= 500:
		e.RetryAfter, _ = retryAfter(a.header, now)
		e.Remedy = c.serverErrorRemedy(req, a.status, body)
	default:
		e.Remedy = rejectedRemedy(a.status, body)
	}
	return c.redact(e, nil)
}

// code maps a status to the kind of trouble.
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

// words is what an answer that is no success says.
type errorBody struct {
	message string
	fromAPI bool // the answer comes from the API, not from something in front of it
}

// hear reads the body of an error: the API's {message, error, statusCode}, where
// the message may be a list, or the text that something else sent.
func parseErrorBody(a response) errorBody {
	var body struct {
		Message    json.RawMessage `json:"message"`
		Error      json.RawMessage `json:"error"`
		StatusCode json.RawMessage `json:"statusCode"`
	}
	fromAPI := a.header.Get(versionHeader) != ""
	if json.Unmarshal(a.body, &body) != nil {
		if isHTML(a.body) {
			return errorBody{message: fmt.Sprintf("%d and an HTML page", a.status), fromAPI: fromAPI}
		}
		return errorBody{message: strings.TrimSpace(string(a.body)), fromAPI: fromAPI}
	}
	message := messageText(body.Message)
	if message == "" {
		message = messageText(body.Error)
	}
	return errorBody{message: message, fromAPI: fromAPI || message != "" || body.StatusCode != nil}
}

// sentence reads a string, a list of strings, or shows any other JSON as it is.
func messageText(raw json.RawMessage) string {
	if len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
		return ""
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return one
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return strings.Join(many, ", ")
	}
	return string(raw)
}

func truncate(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	return strings.ToValidUTF8(s[:maxMessage], "") + "…"
}

// html reports whether a body is a page for a browser.
func isHTML(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

// redirected is about an answer that points to another place. Only scheme, host
// and path of that place are shown, a query may hold anything.
func (c *Client) redirectError(req request, a response) (message, advice string) {
	path, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.header.Get("Location") == "" {
		return fmt.Sprintf("an unexpected %d", a.status), c.wrongURLRemedy(req)
	}
	from := c.base
	if req.absolute != nil {
		from = req.absolute
	}
	path = from.ResolveReference(path)
	if origin(path) == origin(from) {
		return "a redirect that leads nowhere", c.wrongURLRemedy(req)
	}
	return "a redirect to " + displayURL(path.String()),
		"the credential is not sent there; if the API has moved, change the API URL"
}

// wrongPlace is the advice where something answers that is not the API.
func (c *Client) wrongURLRemedy(req request) string {
	switch {
	case req.absolute != nil:
		return "a proxy or a login page may answer in place of the log server"
	case strings.HasSuffix(c.base.Path, "/api"):
		return "is the API URL right? It ends in /api; a proxy or a login page may answer in the API's place"
	default:
		return "the API URL probably lacks /api: try " + displayURL(c.base.String()+"/api")
	}
}

func rateLimitRemedy(wait time.Duration) string {
	return fmt.Sprintf("all clients of the organization together ask too often; nothing is sent for %s", wholeSeconds(wait))
}

// spoken is a duration as people say it, rounded up to whole seconds.
func wholeSeconds(d time.Duration) string {
	return (d + time.Second - time.Nanosecond).Truncate(time.Second).String()
}

// heldBack is the error of a call that the gate did not let out.
func (c *Client) rateLimitError(wait time.Duration) *model.Error {
	return c.redact(&model.Error{
		Code: model.RateLimited, Host: c.base.Host, Message: "the rate limit is used up",
		Remedy: rateLimitRemedy(wait), RetryAfter: wait,
	}, nil)
}

// cannotAsk is the error of a call that is known to be refused: each 401 counts
// against everybody at this address.
func (c *Client) notPermitted(message, advice string) *model.Error {
	return c.redact(&model.Error{Code: model.Forbidden, Host: c.base.Host, Message: message, Remedy: advice}, nil)
}
