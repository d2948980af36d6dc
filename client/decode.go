package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"daytona/snapdeck/model"
)

// getJSON sends a request and decodes the response.
func getJSON[T any](ctx context.Context, c *Client, req request) (T, error) {
	res, err := c.do(ctx, req)
	if err != nil {
		var zero T
		return zero, err
	}
	return decodeJSON[T](c, req, res)
}

// getList requests a path that returns a JSON array.
func getList(ctx context.Context, c *Client, path string) ([]json.RawMessage, error) {
	return getJSON[[]json.RawMessage](ctx, c, request{method: http.MethodGet, path: path, retry: true})
}

// decodeJSON decodes a response. It ignores the Content-Type, which proxies
// change.
func decodeJSON[T any](c *Client, req request, res response) (T, error) {
	var value T
	if err := json.Unmarshal(res.body, &value); err != nil {
		return value, c.decodeError(req, res, err)
	}
	return value, nil
}

// decodeError returns the error for a 2xx response that is not what the API sends.
func (c *Client) decodeError(req request, res response, err error) *model.Error {
	e := &model.Error{Code: model.NotTheAPI, Status: res.status, Host: c.host(req), Sent: true}
	body := bytes.TrimSpace(res.body)
	syntax := json.Unmarshal(body, new(json.RawMessage)) // whatever err says, this tells where the JSON is wrong
	switch {
	case len(body) == 0:
		e.Message, e.Remedy = fmt.Sprintf("empty response (%d) instead of JSON", res.status), c.wrongURLRemedy(req)
	case isHTML(body):
		e.Message, e.Remedy = "HTML page instead of JSON", c.wrongURLRemedy(req)
	case syntax != nil && (body[0] == '{' || body[0] == '[') && syntax.Error() == "unexpected end of JSON input":
		e.Code, e.Message, e.Remedy = model.Network, "truncated response", "try again"
	case syntax != nil:
		e.Message, e.Remedy = "the response is not JSON", c.wrongURLRemedy(req)
	default:
		e.Message = "unexpected JSON"
		if errors.Is(err, errNoItems) || errors.Is(err, model.ErrNoID) {
			e.Message += ": " + err.Error()
		}
		e.Remedy = "check that the URL is a Daytona API, in a version that snapdeck supports"
	}
	c.log(req, 0, res.status, c.wrap(e, err))
	return e
}
