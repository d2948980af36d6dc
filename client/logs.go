package client

import (
	"cmp"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"time"

	"daytona/snapdeck/model"
)

const (
	// The server waits 30 s for the build's runner before it responds with 404.
	logHeaderTimeout = 45 * time.Second
	// A long build step prints nothing while it runs.
	logIdleTimeout = 10 * time.Minute
)

var errNoLogURL = errors.New("the response has no log server URL")

// BuildLogs copies the build log of a snapshot, given by id, to a writer as it
// arrives. If follow is set, it continues until the build ends. It has no
// deadline: it stops after ten minutes without data, when ctx ends, or when the
// writer fails, with the writer's error.
//
// Newer servers return the URL of a log server, older ones return the log itself.
// The older endpoint is tried if the newer one fails before anything was written.
// The credential is sent to a log server over https, or over http if the API
// itself uses it.
func (c *Client) BuildLogs(ctx context.Context, id string, follow bool, w io.Writer) error {
	path, err := c.snapshotPath(id)
	if err != nil {
		return err
	}
	out := &logWriter{w: w}
	server, firstErr := c.logURL(ctx, path, follow)
	switch {
	case firstErr == nil:
		firstErr = c.copyLog(ctx, request{url: server}, follow, out)
		if firstErr == nil || out.started || hasCode(firstErr, model.Canceled) {
			return firstErr
		}
	case !hasCode(firstErr, model.NotTheAPI, model.ServerError, model.Invalid):
		return firstErr // the older endpoint would fail with the same error
	}
	path += "/build-logs"
	if follow {
		path += "?follow=true"
	}
	err = c.copyLog(ctx, request{path: path}, follow, out)
	if hasCode(err, model.NotTheAPI) && !out.started {
		return firstErr // this server has no /build-logs
	}
	return err
}

func hasCode(err error, codes ...model.ErrorCode) bool {
	return slices.Contains(codes, model.CodeOf(err))
}

// logURL requests the URL of the log.
func (c *Client) logURL(ctx context.Context, path string, follow bool) (*url.URL, error) {
	req := request{
		method: http.MethodGet, path: path + "/build-logs-url",
		timeouts: timeouts{header: logHeaderTimeout, idle: c.timeout, total: logHeaderTimeout + c.timeout},
	}
	res, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	body, err := decodeJSON[struct {
		URL string `json:"url"`
	}](c, req, res)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(body.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, c.decodeError(req, res, errNoLogURL)
	}
	if !c.allowsLogServer(u) {
		return nil, &model.Error{
			Code: model.NotTheAPI, Status: res.status, Host: c.host(req),
			Message: "log server " + c.foreign(displayURL(u.String())) + " uses unencrypted http",
			Remedy:  "the credential is not sent there · ask the API's administrator for https",
		}
	}
	if follow {
		query := u.Query()
		query.Set("follow", "true")
		u.RawQuery = query.Encode()
	}
	return u, nil
}

// allowsLogServer reports whether the credential may be sent to a log server: over
// https, and over http only if the API uses it and only to the API's origin or to
// this machine.
func (c *Client) allowsLogServer(u *url.URL) bool {
	return u.Scheme == "https" || c.base.Scheme == "http" && (isSecure(u) || origin(u) == origin(c.base))
}

// copyLog sends a request for a log and copies the response.
func (c *Client) copyLog(ctx context.Context, req request, follow bool, out *logWriter) error {
	req.method = http.MethodGet
	req.timeouts = timeouts{header: logHeaderTimeout, idle: totalFactor * c.timeout}
	if follow {
		req.timeouts.idle = logIdleTimeout
	}
	s, err := c.send(ctx, req)
	if err != nil {
		return err
	}
	defer s.Close()
	if mediaType, _, _ := mime.ParseMediaType(s.header.Get("Content-Type")); mediaType == "text/html" {
		return c.decodeError(req, response{status: s.status, body: []byte("<")}, nil)
	}
	_, err = io.Copy(out, s)
	return cmp.Or(out.err, err)
}

// logWriter stores the writer's error to distinguish it from network errors.
type logWriter struct {
	w       io.Writer
	started bool
	err     error
}

func (l *logWriter) Write(p []byte) (int, error) {
	l.started = true
	n, err := l.w.Write(p)
	if err != nil {
		l.err = err
	}
	return n, err
}
