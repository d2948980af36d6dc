package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"daytona/snapdeck/model"
)

const (
	maxErrorBody   = 64 << 10
	reconnectDelay = 200 * time.Millisecond
	// totalFactor times the idle timeout is the timeout of a whole request.
	totalFactor = 3
)

// request is one HTTP request to the API or to a log server.
type request struct {
	method     string
	path       string   // below the API's base URL, escaped, with the query
	url        *url.URL // a URL of another server, replaces path
	body       any      // sent as JSON
	etag       string   // sent as If-None-Match
	anonymous  bool     // sent without the credential
	retry      bool     // retried once after a broken connection, for GETs only
	permission string   // the permission that the server requires
	timeouts   timeouts // zero means the client's default
}

// response is a response with its whole body.
type response struct {
	status int
	header http.Header
	body   []byte
}

// stream is a response whose body is not read yet. Its read errors are
// *[model.Error].
type stream struct {
	client    *Client
	req       request
	status    int
	header    http.Header
	length    int64 // Content-Length, -1 if unknown
	startedAt time.Time
	body      *limitedBody
}

// do sends a request and reads the response. The status is 2xx, or 304 if the
// request has an ETag; any other status is an error.
func (c *Client) do(ctx context.Context, req request) (response, error) {
	res, err := c.doOnce(ctx, req)
	if err == nil || !req.retry || !isBrokenConnection(err) {
		return res, err
	}
	if c.sleep(ctx, reconnectDelay) != nil {
		return res, err
	}
	return c.doOnce(ctx, req)
}

func (c *Client) doOnce(ctx context.Context, req request) (response, error) {
	s, err := c.send(ctx, req)
	if err != nil {
		return response{}, err
	}
	defer s.Close()
	body, err := c.bodies.read(s, s.length)
	if errors.Is(err, errTooLargeTogether) {
		err = c.transportError(req, s.body.timeout, err, true)
		c.log(req, c.now().Sub(s.startedAt), s.status, err)
	}
	if err != nil {
		return response{}, err
	}
	return response{status: s.status, header: s.header, body: body}, nil
}

// countsAsPolling reports whether the request counts toward the budget of polling
// without having been reserved: it is about the organization.
func (req request) countsAsPolling() bool {
	return !req.anonymous && req.url == nil && !strings.HasPrefix(req.path, snapshotsPath)
}

// send sends every request of the client. It returns when the headers of a
// successful response have arrived. The caller closes the stream.
func (c *Client) send(ctx context.Context, req request) (*stream, error) {
	if wait := c.throttle.wait(c.now()); wait > 0 {
		return nil, c.rateLimitError(wait)
	}
	if req.timeouts == (timeouts{}) {
		req.timeouts = timeouts{header: c.timeout, idle: c.timeout, total: totalFactor * c.timeout}
	}
	timeout := startTimeouts(ctx, req.timeouts)
	startedAt := c.now()
	var sent atomic.Bool
	if req.countsAsPolling() {
		c.requests.start()
		defer func() { c.requests.end(c.now(), sent.Load()) }()
	}
	traced := httptrace.WithClientTrace(timeout.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
	res, err := c.newRequest(req).SetContext(traced).Execute(req.method, c.target(req))
	if err != nil {
		err = c.transportError(req, timeout, err, sent.Load())
		timeout.stop()
		c.log(req, c.now().Sub(startedAt), 0, err)
		return nil, err
	}
	raw := res.RawResponse
	timeout.reset()
	s := &stream{
		client: c, req: req, status: raw.StatusCode, header: raw.Header, length: raw.ContentLength, startedAt: startedAt,
		body: &limitedBody{Closer: raw.Body, body: raw.Body, timeout: timeout, limit: maxBody},
	}
	c.recordHeaders(req, s)
	if !accepted(req, s.status) {
		defer s.Close()
		err = c.statusError(req, response{status: s.status, header: s.header, body: s.readErrorBody()})
		c.log(req, c.now().Sub(startedAt), s.status, err)
		return nil, err
	}
	c.log(req, c.now().Sub(startedAt), s.status, nil)
	return s, nil
}

func accepted(req request, status int) bool {
	return status >= 200 && status <= 299 || status == http.StatusNotModified && req.etag != ""
}

// newRequest returns a resty request with the headers and body of req.
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
	if req.url != nil {
		return req.url.String()
	}
	return req.path
}

// host returns the host:port of a request for messages.
func (c *Client) host(req request) string {
	if req.url != nil {
		return c.foreign(req.url.Host)
	}
	return c.credential.redactSetting(c.base.Host)
}

// recordHeaders updates the clock skew and the throttle from a response of the API. Refused and
// anonymous requests have rate limits of their own, which are ignored.
func (c *Client) recordHeaders(req request, s *stream) {
	if req.url != nil {
		return
	}
	now := c.now()
	if skew, ok := clockSkew(s.header, now); ok {
		c.skew.Store(int64(skew))
		c.skewKnown.Store(true)
	}
	if s.status == http.StatusTooManyRequests {
		c.throttle.block(now.Add(blockDuration(s.header, now)))
		return
	}
	if rate := rateLimit(s.header, now); rate.Known && !req.anonymous && s.status != http.StatusUnauthorized {
		c.throttle.record(rate, now)
	}
}

// Read reads from the body. Its errors are *[model.Error], except io.EOF.
func (s *stream) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.Reader's contract is the bare io.EOF
		err = s.client.transportError(s.req, s.body.timeout, err, true)
		s.client.log(s.req, s.client.now().Sub(s.startedAt), s.status, err)
	}
	return n, err
}

// Close releases the connection. It is reused only if the body was read to its
// end.
func (s *stream) Close() {
	_ = s.body.Close()
	s.body.timeout.stop()
}

// readErrorBody returns the body of an error response. Read errors truncate it.
func (s *stream) readErrorBody() []byte {
	body, _ := io.ReadAll(io.LimitReader(s.body, maxErrorBody))
	return body
}

// log writes one debug line about a request, and a second one if its response
// turns out to be invalid.
func (c *Client) log(req request, duration time.Duration, status int, err error) {
	if c.debug == nil {
		return
	}
	now := c.now()
	target := req.path
	if req.url != nil {
		target = displayURL(req.url.String())
	}
	target = c.credential.redact(target)
	line := fmt.Sprintf("%s %s %q %d %s", now.UTC().Format(time.RFC3339Nano), req.method, target, status,
		duration.Round(time.Millisecond/10))
	if rate := c.throttle.current(now); rate.Known {
		line += fmt.Sprintf(" %d/%d left", rate.Remaining, rate.Limit)
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		line += fmt.Sprintf(" %s: %q", e.Code, e.Message)
	}
	c.writeDebug(line)
}
