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
	maxBody      = 64 << 20
	maxErrorBody = 64 << 10
	firstBuffer  = 1 << 20 // the most that is set aside on a server's word
	retryPause   = 200 * time.Millisecond
	// slowFactor times the time without progress is the time for everything.
	slowFactor = 3
)

var errTooLarge = fmt.Errorf("the answer is over %d MiB", maxBody>>20)

// call is one request.
type call struct {
	method    string
	path      string   // below the API's URL, escaped, with the query
	elsewhere *url.URL // in place of path: a URL of another server
	body      any      // sent as JSON
	etag      string   // asks for 304 if the answer still has this ETag
	public    bool     // sent without the credential
	retry     bool     // once more after a broken connection: for GETs only
	needs     string   // the permission that it takes
	patience  patience // zero: the client's own
}

// answer is a response that was read to its end.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// stream is a response whose body is still to be read. Errors of reading are
// *[model.Error].
type stream struct {
	client *Client
	call   call
	status int
	header http.Header
	length int64 // what the server claims, -1 where it does not
	began  time.Time
	body   *guarded
}

// do sends a call and reads the answer, which has a status of 2xx, or 304 where
// the call has an ETag.
func (c *Client) do(ctx context.Context, k call) (answer, error) {
	a, err := c.once(ctx, k)
	if err == nil || !k.retry || !brokenConnection(err) {
		return a, err
	}
	if c.sleep(ctx, retryPause) != nil {
		return a, err
	}
	return c.once(ctx, k)
}

func (c *Client) once(ctx context.Context, k call) (answer, error) {
	s, err := c.open(ctx, k)
	if err != nil {
		return answer{}, err
	}
	defer s.Close()
	var buffer bytes.Buffer
	buffer.Grow(int(min(max(s.length, 0), firstBuffer)) + bytes.MinRead)
	if _, err := buffer.ReadFrom(s); err != nil {
		return answer{}, err
	}
	return answer{status: s.status, header: s.header, body: buffer.Bytes()}, nil
}

// open is the door: every request leaves here. It returns once the headers of a
// good answer are there; the caller closes the stream.
func (c *Client) open(ctx context.Context, k call) (*stream, error) {
	if wait := c.gate.wait(c.now()); wait > 0 {
		return nil, c.heldBack(wait)
	}
	if k.patience == (patience{}) {
		k.patience = patience{first: c.timeout, idle: c.timeout, total: slowFactor * c.timeout}
	}
	dog := watch(ctx, k.patience)
	began := c.now()
	var sent atomic.Bool
	traced := httptrace.WithClientTrace(dog.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { sent.Store(true) },
	})
	response, err := c.request(k).SetContext(traced).Execute(k.method, c.target(k))
	if err != nil {
		err = c.noAnswer(k, dog, err, sent.Load())
		dog.stop()
		c.log(k, c.now().Sub(began), 0, err)
		return nil, err
	}
	raw := response.RawResponse
	dog.fed()
	s := &stream{
		client: c, call: k, status: raw.StatusCode, header: raw.Header, length: raw.ContentLength, began: began,
		body: &guarded{Closer: raw.Body, body: raw.Body, dog: dog, limit: maxBody},
	}
	c.observe(k, s)
	if !accepted(k, s.status) {
		defer s.Close()
		err = c.refusal(k, answer{status: s.status, header: s.header, body: s.readError()})
		c.log(k, c.now().Sub(began), s.status, err)
		return nil, err
	}
	c.log(k, c.now().Sub(began), s.status, nil)
	return s, nil
}

func accepted(k call, status int) bool {
	return status >= 200 && status <= 299 || status == http.StatusNotModified && k.etag != ""
}

// request gives a call its headers.
func (c *Client) request(k call) *resty.Request {
	r := c.http.R().
		SetHeader("User-Agent", c.agent).
		SetHeader("Accept", "application/json, */*;q=0.5")
	if !k.public {
		r.SetHeader("Authorization", "Bearer "+c.secret.reveal())
		if c.jwt && c.org != "" {
			r.SetHeader("X-Daytona-Organization-ID", c.org)
		}
	}
	if k.etag != "" {
		r.SetHeader("If-None-Match", k.etag)
	}
	if k.body != nil {
		r.SetHeader("Content-Type", "application/json").SetBody(k.body)
	}
	return r
}

func (c *Client) target(k call) string {
	if k.elsewhere != nil {
		return k.elsewhere.String()
	}
	return k.path
}

func (c *Client) host(k call) string {
	if k.elsewhere != nil {
		return k.elsewhere.Host
	}
	return c.base.Host
}

// observe lets the gate learn from an answer of the API. Rates of requests that
// failed or were made without the credential count something else.
func (c *Client) observe(k call, s *stream) {
	if k.elsewhere != nil {
		return
	}
	now := c.now()
	if s.status == http.StatusTooManyRequests {
		c.gate.block(now.Add(blockFor(s.header, now)))
		return
	}
	if rate := rateLimit(s.header, now); rate.Known && !k.public && accepted(k, s.status) {
		c.gate.note(rate, now)
	}
}

// Read reads the body; its errors but io.EOF are *[model.Error].
func (s *stream) Read(p []byte) (int, error) {
	n, err := s.body.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // io.Reader's contract is the bare io.EOF
		err = s.client.noAnswer(s.call, s.body.dog, err, true)
		s.client.log(s.call, s.client.now().Sub(s.began), s.status, err)
	}
	return n, err
}

// Close gives the connection back, or closes it where the body was not read to
// its end.
func (s *stream) Close() {
	_ = s.body.Close()
	s.body.dog.stop()
}

// readError reads the body of an answer that is no success, as far as it comes.
func (s *stream) readError() []byte {
	body, _ := io.ReadAll(io.LimitReader(s.body, maxErrorBody))
	return body
}

// log writes one line about a request, and one more where its answer turned out
// to be bad.
func (c *Client) log(k call, took time.Duration, status int, err error) {
	if c.debug == nil {
		return
	}
	now := c.now()
	place := k.path
	if k.elsewhere != nil {
		place = displayURL(k.elsewhere.String())
	}
	line := fmt.Sprintf("%s %s %q %d %s", now.UTC().Format(time.RFC3339Nano), k.method, place, status,
		took.Round(time.Millisecond/10))
	if rate := c.gate.latest(now); rate.Known {
		line += fmt.Sprintf(" %d/%d left", rate.Remaining, rate.Limit)
	}
	if e, ok := errors.AsType[*model.Error](err); ok {
		line += fmt.Sprintf(" %s: %q", e.Code, e.Message)
	}
	c.debugMu.Lock()
	defer c.debugMu.Unlock()
	_, _ = io.WriteString(c.debug, c.secret.scrub(line)+"\n")
}
