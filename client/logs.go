package client

import (
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
	// The server looks for the build's runner for 30 s before it answers 404.
	logHeaderTimeout = 45 * time.Second
	// A long step of a build says nothing while it runs.
	logIdleTimeout = 10 * time.Minute
)

var errNoLogURL = errors.New("no URL of a log server")

// BuildLogs copies the log of a build to a writer as it comes, until the build
// ends where follow is set. It takes an id, not a name. There is no deadline: it
// ends after ten minutes without a byte, with ctx, or with an error of the writer.
//
// Newer servers tell the URL of a log server, older ones send the log themselves;
// the second way is tried where the first does not work and nothing was written
// yet. The credential goes to a log server over https or on this machine only.
func (c *Client) BuildLogs(ctx context.Context, id string, follow bool, to io.Writer) error {
	path, err := c.snapshotPath(id)
	if err != nil {
		return err
	}
	out := &logWriter{to: to}
	server, first := c.logURL(ctx, path, follow)
	switch {
	case first == nil:
		first = c.copyLog(ctx, request{absolute: server}, follow, out)
		if first == nil || out.started || has(first, model.Canceled) {
			return first
		}
	case !has(first, model.NotTheAPI, model.ServerError, model.Invalid):
		return first // what the API says about the snapshot holds for both ways
	}
	path += "/build-logs"
	if follow {
		path += "?follow=true"
	}
	second := c.copyLog(ctx, request{path: path}, follow, out)
	if has(second, model.NotTheAPI) && !out.started {
		return first // there is no second way here
	}
	return second
}

func has(err error, codes ...model.ErrorCode) bool {
	return slices.Contains(codes, model.CodeOf(err))
}

// logServer asks where the log is.
func (c *Client) logURL(ctx context.Context, path string, follow bool) (*url.URL, error) {
	req := request{
		method: http.MethodGet, path: path + "/build-logs-url",
		timeouts: timeouts{header: logHeaderTimeout, idle: c.timeout, total: logHeaderTimeout + c.timeout},
	}
	a, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	told, err := decodeJSON[struct {
		URL string `json:"url"`
	}](c, req, a)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(told.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, c.decodeError(req, a, errNoLogURL)
	}
	if !isEncrypted(u) && origin(u) != origin(c.base) {
		return nil, c.redact(&model.Error{
			Code: model.NotTheAPI, Status: a.status, Host: c.base.Host,
			Message: "the log server " + displayURL(u.String()) + " is reached without encryption",
			Remedy:  "the credential is not sent there; the API's operators can give it https",
		}, nil)
	}
	if follow {
		query := u.Query()
		query.Set("follow", "true")
		u.RawQuery = query.Encode()
	}
	return u, nil
}

// copyLogs opens one of the two ways and copies what comes.
func (c *Client) copyLog(ctx context.Context, req request, follow bool, out *logWriter) error {
	req.method = http.MethodGet
	req.timeouts = timeouts{header: logHeaderTimeout, idle: slowFactor * c.timeout}
	if follow {
		req.timeouts.idle = logIdleTimeout
	}
	s, err := c.send(ctx, req)
	if err != nil {
		return err
	}
	defer s.Close()
	if kind, _, _ := mime.ParseMediaType(s.header.Get("Content-Type")); kind == "text/html" {
		return c.decodeError(req, response{status: s.status, body: []byte("<")}, nil)
	}
	_, err = io.Copy(out, s)
	if out.err != nil {
		e := c.redact(&model.Error{Code: model.Canceled, Host: c.host(req), Message: "the log is not read any more", Sent: true}, nil)
		e.Err = out.err
		return e
	}
	return err
}

// logWriter remembers what became of the writer, to tell its errors from those of
// the network.
type logWriter struct {
	to      io.Writer
	started bool
	err     error
}

func (w *logWriter) Write(p []byte) (int, error) {
	w.started = true
	n, err := w.to.Write(p)
	if err != nil {
		w.err = err
	}
	return n, err
}
