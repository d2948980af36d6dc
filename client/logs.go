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
	logFirst = 45 * time.Second
	// A long step of a build says nothing while it runs.
	logIdle = 10 * time.Minute
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
	place, err := c.place(id)
	if err != nil {
		return err
	}
	out := &logWriter{to: to}
	server, first := c.logServer(ctx, place, follow)
	switch {
	case first == nil:
		first = c.copyLogs(ctx, call{elsewhere: server}, follow, out)
		if first == nil || out.started || has(first, model.Canceled) {
			return first
		}
	case !has(first, model.NotTheAPI, model.ServerError, model.Invalid):
		return first // what the API says about the snapshot holds for both ways
	}
	path := place + "/build-logs"
	if follow {
		path += "?follow=true"
	}
	second := c.copyLogs(ctx, call{path: path}, follow, out)
	if has(second, model.NotTheAPI) && !out.started {
		return first // there is no second way here
	}
	return second
}

func has(err error, codes ...model.ErrorCode) bool {
	return slices.Contains(codes, model.CodeOf(err))
}

// logServer asks where the log is.
func (c *Client) logServer(ctx context.Context, place string, follow bool) (*url.URL, error) {
	k := call{
		method: http.MethodGet, path: place + "/build-logs-url",
		patience: patience{first: logFirst, idle: c.timeout, total: logFirst + c.timeout},
	}
	a, err := c.do(ctx, k)
	if err != nil {
		return nil, err
	}
	told, err := decode[struct {
		URL string `json:"url"`
	}](c, k, a)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(told.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, c.unreadable(k, a, errNoLogURL)
	}
	if !private(u) && origin(u) != origin(c.base) {
		return nil, c.clean(&model.Error{
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
func (c *Client) copyLogs(ctx context.Context, k call, follow bool, out *logWriter) error {
	k.method = http.MethodGet
	k.patience = patience{first: logFirst, idle: slowFactor * c.timeout}
	if follow {
		k.patience.idle = logIdle
	}
	s, err := c.open(ctx, k)
	if err != nil {
		return err
	}
	defer s.Close()
	if kind, _, _ := mime.ParseMediaType(s.header.Get("Content-Type")); kind == "text/html" {
		return c.unreadable(k, answer{status: s.status, body: []byte("<")}, nil)
	}
	_, err = io.Copy(out, s)
	if out.err != nil {
		e := c.clean(&model.Error{Code: model.Canceled, Host: c.host(k), Message: "the log is not read any more", Sent: true}, nil)
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
