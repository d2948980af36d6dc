package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/go-resty/resty/v2"

	"daytona/snapdeck/model"
)

// Options of a [Client]. All but the credentials may be left out.
type Options struct {
	Credentials Credentials
	// Timeout is how long a request may go without any progress before it is
	// given up; 0 means 10 s. A slow answer that keeps coming may take three
	// times as long.
	Timeout   time.Duration
	UserAgent string
	// Debug gets one line a request, without secrets. It may hold text of the
	// server, quoted.
	Debug io.Writer

	Now       func() time.Time                                 // the clock, for the gate
	Sleep     func(ctx context.Context, d time.Duration) error // waits d or until ctx is done
	Transport http.RoundTripper                                // in place of the client's own
}

const defaultTimeout = 10 * time.Second

// Client speaks with one API with one credential. It is safe for concurrent use.
// All errors of its methods are *[model.Error].
type Client struct {
	http       *resty.Client
	base       *url.URL
	credential secret
	jwt        bool
	org        string
	source     string
	expires    time.Time
	timeout    time.Duration
	userAgent  string
	now        func() time.Time
	sleep      func(ctx context.Context, d time.Duration) error
	throttle   throttle
	pages      *pageCache

	debugMu sync.Mutex
	debug   io.Writer
}

// New returns a client, or one line that says what is wrong with the options. It
// sends nothing.
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.Credentials.APIURL)
	if err != nil {
		return nil, err
	}
	who, err := o.Credentials.validated()
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:       base,
		credential: newSecret(who.Secret),
		jwt:        who.JWT,
		org:        who.OrganizationID,
		source:     who.Source,
		expires:    who.ExpiresAt,
		timeout:    o.Timeout,
		userAgent:  o.UserAgent,
		now:        o.Now,
		sleep:      o.Sleep,
		debug:      o.Debug,
		pages:      newPageCache(),
	}
	if c.timeout <= 0 {
		c.timeout = defaultTimeout
	}
	if c.userAgent == "" {
		c.userAgent = "snapdeck"
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.sleep == nil {
		c.sleep = sleep
	}
	transport := o.Transport
	if transport == nil {
		transport = newTransport()
	}
	// Resty's own retries would repeat a POST and a DELETE too, its body limit
	// copies by half a kilobyte, and its logger writes to the terminal: all
	// three stay off, and the door does what they would.
	c.http = resty.NewWithClient(&http.Client{Transport: transport, CheckRedirect: checkRedirect}).
		SetBaseURL(base.String()).
		SetRetryCount(0).
		SetLogger(noLogger{}).
		SetDisableWarn(true).
		SetDoNotParseResponse(true)
	return c, nil
}

// Close closes idle connections. Calls that are under way end with their
// contexts.
func (c *Client) Close() { c.http.GetClient().CloseIdleConnections() }

// Host is host:port of the API.
func (c *Client) Host() string { return c.base.Host }

// URL is the API's base URL, without a slash at its end.
func (c *Client) URL() string { return c.base.String() }

// OrganizationID is the organization that the calls are about, "" where the API
// key decides.
func (c *Client) OrganizationID() string {
	if !c.jwt {
		return ""
	}
	return c.org
}

// Insecure reports whether everybody between here and the server can read the
// credential: plain http to another machine.
func (c *Client) Insecure() bool { return !isEncrypted(c.base) }

// Rate is the newest known rate limit, with Reset counted down to now.
func (c *Client) Rate() model.RateLimit { return c.throttle.current(c.now()) }

// silent keeps resty off the terminal.
type noLogger struct{}

func (noLogger) Errorf(string, ...any) {}
func (noLogger) Warnf(string, ...any)  {}
func (noLogger) Debugf(string, ...any) {}

// sleep waits for d. It returns nil, or the cause of ctx's end if that comes first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
