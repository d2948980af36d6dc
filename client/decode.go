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
func decode[T any](c *Client, k call, a answer) (T, error) {
	var value T
	if err := json.Unmarshal(a.body, &value); err != nil {
		return value, c.unreadable(k, a, err)
	}
	return value, nil
}

// unreadable is the error of an answer that has a good status but is not what the
// API sends.
func (c *Client) unreadable(k call, a answer, err error) *model.Error {
	e := &model.Error{Code: model.NotTheAPI, Status: a.status, Host: c.host(k), Sent: true}
	body := bytes.TrimSpace(a.body)
	_, syntax := errors.AsType[*json.SyntaxError](err)
	switch {
	case len(body) == 0:
		e.Message, e.Remedy = fmt.Sprintf("an empty answer (%d) in place of JSON", a.status), c.wrongPlace(k)
	case html(body):
		e.Message, e.Remedy = "an HTML page in place of JSON", c.wrongPlace(k)
	case syntax && (body[0] == '{' || body[0] == '[') && strings.HasSuffix(err.Error(), "unexpected end of JSON input"):
		e.Code, e.Message, e.Remedy = model.Network, "the answer was cut short", "try again"
	case syntax:
		e.Message, e.Remedy = "something else than JSON", c.wrongPlace(k)
	default:
		e.Message = "JSON, but not what the snapshot API sends"
		if errors.Is(err, errNoItems) || errors.Is(err, model.ErrNoID) {
			e.Message += ": " + err.Error()
		}
		e.Remedy = "is this the Daytona API, and a version of it that snapdeck knows?"
	}
	c.log(k, 0, a.status, c.clean(e, err))
	return e
}
