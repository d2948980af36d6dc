package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"daytona/snapdeck/model"
)

const (
	// maxBody bounds every answer, decompressed. A page of 200 snapshots with
	// Dockerfiles of 300 KB each would still fit.
	maxBody          = 64 << 20
	maxErrorBody     = 64 << 10
	maxPreallocate   = 1 << 20 // the most that is set aside on a server's word
	retryDelayBroken = 200 * time.Millisecond
	// slowFactor times the time without progress is the time for everything.
	slowFactor = 3
)

var errTooLarge = fmt.Errorf("the answer is over %d MiB", maxBody>>20)

// call is one request.
type request struct {
	method     string
	path       string   // below the API's URL, escaped, with the query
	absolute   *url.URL // in place of path: a URL of another server
	body       any      // sent as JSON
	etag       string   // asks for 304 if the answer still has this ETag
	anonymous  bool     // sent without the credential
	retry      bool     // once more after a broken connection: for GETs only
	permission string   // the permission that it takes
	timeouts   timeouts // zero: the client's own
}

// answer is a response that was read to its end.
type response struct {
	status int
	header http.Header
	body   []byte
}

// stream is a response whose body is still to be read. Errors of reading are
// *[model.Error].
type stream struct {
	client    *Client
	request   request
	status    int
	header    http.Header
	length    int64 // what the server claims, -1 where it does not
	startedAt time.Time
	body      *limitedBody
}

// do sends a call and reads the answer, which has a status of 2xx, or 304 where
// the call has an ETag.
func (c *Client) do(ctx context.Context, req request) (response, error) {
	a, err := c.doOnce(ctx, req)
	if err == nil || !req.retry || !isBrokenConnection(err) {
		return a, err
	}
	if c.sleep(ctx, retryDelayBroken) != nil {
		return a, err
	}
	return c.doOnce(ctx, req)
}

func (c *Client) doOnce(ctx context.Context, req request) (response, error) {
	s, err := c.send(ctx, req)
	if err != nil {
		return response{}, err
	}
	defer s.Close()
	var buffer bytes.Buffer
	buffer.Grow(int(min(max(s.length, 0), maxPreallocate)) + bytes.MinRead)
	if _, err := buffer.ReadFrom(s); err != nil {
		return response{}, err
	}
	return response{status: s.status, header: s.header, body: buffer.Bytes()}, nil
}

// open is the door: every request leaves here. It returns once the headers of a
// good answer are there; the caller closes the stream.
func (c *Client) send(ctx context.Context, req request) (*stream, error) {
	if wait := c.throttle.wait(c.now()); wait > 0 {
		return nil, c.rateLimitError(wait)
	}
	if req.timeouts == (timeouts{}) {
		req.timeouts = timeouts{header: c.timeout, idle: c.timeout, total: slowFactor * c.timeout}
	}
	timeout := startTimeouts(ctx, req.timeouts)
	began := c.now()
	var sent atomic.Bool
	traced := httptrace.WithClientTrace(timeout.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
	reply, err := c.newRequest(req).SetContext(traced).Execute(req.method, c.target(req))
	if err != nil {
		err = c.transportError(req, timeout, err, sent.Load())
		timeout.stop()
		c.log(req, c.now().Sub(began), 0, err)
		return nil, err
	}
	raw := reply.RawResponse
	timeout.reset()
	s := &stream{
		client: c, request: req, status: raw.StatusCode, header: raw.Header, length: raw.ContentLength, startedAt: began,
		body: &limitedBody{Closer: raw.Body, body: raw.Body, timeout: timeout, limit: maxBody},
	}
	c.recordRate(req, s)
	if !accepted(req, s.status) {
		defer s.Close()
		err = c.statusError(req, response{status: s.status, header: s.header, body: s.readErrorBody()})
		c.log(req, c.now().Sub(began), s.status, err)
		return nil, err
	}
	c.log(req, c.now().Sub(began), s.status, nil)
	return s, nil
}

func accepted(req request, status int) bool {
	return status >= 200 && status <= 299 || status == http.StatusNotModified && req.etag != ""
}

// request gives a call its headers.
func (c *Client) newRequest(req request) *resty.Request {
	r := c.http.R().
		SetHeader("User-Agent", c.userAgent).
		SetHeader("Accept", "application/json, */*;q=0.5")
	if !req.anonymous {
		r.SetHeader("Authorization", "Bearer "+c.credential.reveal())
		if c.jwt && c.org != "" {
			r.SetHeader("X-Daytona-Organization-ID", c.org)
		}
	}
	if req.etag != "" {
		r.SetHeader("If-None-Match", req.etag)
	}
	if req.body != nil {
		r.SetHeader("Content-Type", "application/json").SetBody(req.body)
	}
	return r
}

func (c *Client) target(req request) string {
	if req.absolute != nil {
		return req.absolute.String()
	}
	return req.path
}

func (c *Client) host(req request) string {
	if req.absolute != nil {
		return req.absolute.Host
	}
	return c.base.Host
}

// observe lets the gate learn from an answer of the API. Rates of requests that
// failed or were made without the credential count something else.
func (c *Client) recordRate(req request, s *stream) {
	if req.absolute != nil {
		return
	}
	now := c.now()
	if s.status == http.StatusTooManyRequests {
		c.throttle.block(now.Add(retryDelay(s.header, now)))
		return
	}
	if rate := rateLimit(s.header, now); rate.Known && !req.anonymous && accepted(req, s.status) {
		c.throttle.record(rate, now)
	}
}

// Read reads the body; its errors but io.EOF are *[model.Error].
func (s *stream) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.Reader's contract is the bare io.EOF
		err = s.client.transportError(s.request, s.body.timeout, err, true)
		s.client.log(s.request, s.client.now().Sub(s.startedAt), s.status, err)
	}
	return n, err
}

// Close gives the connection back, or closes it where the body was not read to
// its end.
func (s *stream) Close() {
	_ = s.body.Close()
	s.body.timeout.stop()
}

// readError reads the body of an answer that is no success, as far as it comes.
func (s *stream) readErrorBody() []byte {
	body, _ := io.ReadAll(io.LimitReader(s.body, maxErrorBody))
	return body
}

// log writes one line about a request, and one more where its answer turned out
// to be bad.
func (c *Client) log(req request, took time.Duration, status int, err error) {
	if c.debug == nil {
		return
	}
	now := c.now()
	path := req.path
	if req.absolute != nil {
		path = displayURL(req.absolute.String())
	}
	line := fmt.Sprintf("%s %s %q %d %s", now.UTC().Format(time.RFC3339Nano), req.method, path, status,
		took.Round(time.Millisecond/10))
	if rate := c.throttle.current(now); rate.Known {
		line += fmt.Sprintf(" %d/%d left", rate.Remaining, rate.Limit)
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		line += fmt.Sprintf(" %s: %q", e.Code, e.Message)
	}
	c.debugMu.Lock()
	defer c.debugMu.Unlock()
	_, _ = io.WriteString(c.debug, c.credential.redact(line)+"\n")
}
