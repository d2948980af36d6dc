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
func (c *Client) refusal(k call, a answer) *model.Error {
	said := hear(a)
	e := &model.Error{
		Code: code(a.status), Status: a.status, Host: c.host(k), Message: said.message, Sent: true,
	}
	if e.Message == "" {
		e.Message = strings.TrimSpace(fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)))
	}
	now := c.now()
	switch {
	case a.status < 400:
		e.Message, e.Remedy = c.redirected(k, a)
	case a.status == http.StatusTooManyRequests:
		e.RetryAfter = blockFor(a.header, now)
		e.Remedy = limitedAdvice(e.RetryAfter)
	case a.status == http.StatusUnauthorized:
		e.Remedy = c.unauthorizedAdvice(now)
	case a.status == http.StatusForbidden:
		e.Remedy = c.forbiddenAdvice(k, said)
	case a.status == http.StatusNotFound:
		e.Code, e.Remedy = c.missing(k, said)
	case a.status >= 500:
		e.RetryAfter, _ = retryAfter(a.header, now)
		e.Remedy = c.faultAdvice(k, a.status, said)
	default:
		e.Remedy = refusedAdvice(a.status, said)
	}
	return c.clean(e, nil)
}

// code maps a status to the kind of trouble.
func code(status int) model.ErrorCode {
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
type words struct {
	message string
	api     bool // the answer comes from the API, not from something in front of it
}

// hear reads the body of an error: the API's {message, error, statusCode}, where
// the message may be a list, or the text that something else sent.
func hear(a answer) words {
	var body struct {
		Message    json.RawMessage `json:"message"`
		Error      json.RawMessage `json:"error"`
		StatusCode json.RawMessage `json:"statusCode"`
	}
	fromAPI := a.header.Get(versionHeader) != ""
	if json.Unmarshal(a.body, &body) != nil {
		if html(a.body) {
			return words{message: fmt.Sprintf("%d and an HTML page", a.status), api: fromAPI}
		}
		return words{message: strings.TrimSpace(string(a.body)), api: fromAPI}
	}
	message := sentence(body.Message)
	if message == "" {
		message = sentence(body.Error)
	}
	return words{message: message, api: fromAPI || message != "" || body.StatusCode != nil}
}

// sentence reads a string, a list of strings, or shows any other JSON as it is.
func sentence(raw json.RawMessage) string {
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

func short(s string) string {
	if len(s) <= maxMessage {
		return s
	}
	return strings.ToValidUTF8(s[:maxMessage], "") + "…"
}

// html reports whether a body is a page for a browser.
func html(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) }

// redirected is about an answer that points to another place. Only scheme, host
// and path of that place are shown, a query may hold anything.
func (c *Client) redirected(k call, a answer) (message, advice string) {
	place, err := url.Parse(a.header.Get("Location"))
	if err != nil || a.header.Get("Location") == "" {
		return fmt.Sprintf("an unexpected %d", a.status), c.wrongPlace(k)
	}
	from := c.base
	if k.elsewhere != nil {
		from = k.elsewhere
	}
	place = from.ResolveReference(place)
	if origin(place) == origin(from) {
		return "a redirect that leads nowhere", c.wrongPlace(k)
	}
	return "a redirect to " + displayURL(place.String()),
		"the credential is not sent there; if the API has moved, change the API URL"
}

// wrongPlace is the advice where something answers that is not the API.
func (c *Client) wrongPlace(k call) string {
	switch {
	case k.elsewhere != nil:
		return "a proxy or a login page may answer in place of the log server"
	case strings.HasSuffix(c.base.Path, "/api"):
		return "is the API URL right? It ends in /api; a proxy or a login page may answer in the API's place"
	default:
		return "the API URL probably lacks /api: try " + displayURL(c.base.String()+"/api")
	}
}

func limitedAdvice(wait time.Duration) string {
	return fmt.Sprintf("all clients of the organization together ask too often; nothing is sent for %s", spoken(wait))
}

// spoken is a duration as people say it, rounded up to whole seconds.
func spoken(d time.Duration) string {
	return (d + time.Second - time.Nanosecond).Truncate(time.Second).String()
}

// heldBack is the error of a call that the gate did not let out.
func (c *Client) heldBack(wait time.Duration) *model.Error {
	return c.clean(&model.Error{
		Code: model.RateLimited, Host: c.base.Host, Message: "the rate limit is used up",
		Remedy: limitedAdvice(wait), RetryAfter: wait,
	}, nil)
}

// cannotAsk is the error of a call that is known to be refused: each 401 counts
// against everybody at this address.
func (c *Client) cannotAsk(message, advice string) *model.Error {
	return c.clean(&model.Error{Code: model.Forbidden, Host: c.base.Host, Message: message, Remedy: advice}, nil)
}
