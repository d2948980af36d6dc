package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"daytona/snapdeck/model"
)

// decode reads JSON of one shape out of an answer. The Content-Type is not
// looked at: JSON is JSON under any name, and a page for a browser is none.
func decodeJSON[T any](c *Client, req request, a response) (T, error) {
	var value T
	if err := json.Unmarshal(a.body, &value); err != nil {
		return value, c.decodeError(req, a, err)
	}
	return value, nil
}

// unreadable is the error of an answer that has a good status but is not what the
// API sends.
func (c *Client) decodeError(req request, a response, err error) *model.Error {
	e := &model.Error{Code: model.NotTheAPI, Status: a.status, Host: c.host(req), Sent: true}
	body := bytes.TrimSpace(a.body)
	_, syntax := errors.AsType[*json.SyntaxError](err)
	switch {
	case len(body) == 0:
		e.Message, e.Remedy = fmt.Sprintf("an empty answer (%d) in place of JSON", a.status), c.wrongURLRemedy(req)
	case isHTML(body):
		e.Message, e.Remedy = "an HTML page in place of JSON", c.wrongURLRemedy(req)
	case syntax && (body[0] == '{' || body[0] == '[') && strings.HasSuffix(err.Error(), "unexpected end of JSON input"):
		e.Code, e.Message, e.Remedy = model.Network, "the answer was cut short", "try again"
	case syntax:
		e.Message, e.Remedy = "something else than JSON", c.wrongURLRemedy(req)
	default:
		e.Message = "JSON, but not what the snapshot API sends"
		if errors.Is(err, errNoItems) || errors.Is(err, model.ErrNoID) {
			e.Message += ": " + err.Error()
		}
		e.Remedy = "is this the Daytona API, and a version of it that snapdeck knows?"
	}
	c.log(req, 0, a.status, c.redact(e, err))
	return e
}
