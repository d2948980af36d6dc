package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"daytona/snapdeck/model"
)

// Options configures a [Client]. Only Credentials is required.
type Options struct {
	Credentials Credentials
	// Timeout is how long a request may go without progress; 0 means 10 s. A
	// response that keeps arriving may take three times as long in total.
	Timeout   time.Duration
	UserAgent string
	// Debug receives one line per request, without secrets. Text from the
	// server is quoted.
	Debug io.Writer

	Now       func() time.Time                                 // default time.Now
	Sleep     func(ctx context.Context, d time.Duration) error // waits for d or until ctx is done
	Transport http.RoundTripper                                // replaces the default transport
}

const defaultTimeout = 10 * time.Second

// Client calls one API with one credential. It is safe for concurrent use. All
// errors of its methods are *[model.Error].
type Client struct {
	http         *resty.Client
	base         *url.URL
	credential   secret
	jwt          bool
	org          string
	source       string
	expires      time.Time
	timeout      time.Duration
	userAgent    string
	now          func() time.Time
	sleep        func(ctx context.Context, d time.Duration) error
	throttle     throttle
	requests     requestLog
	checks       checkLog
	peeks        requestLog // of build logs, see [Client.PeekBuildLog]
	bodies       bodyMemory
	skew         atomic.Int64 // by how much the server's clock is ahead, in ns
	skewKnown    atomic.Bool  // a response had a date
	onePage      atomic.Bool  // pages are too large to be read side by side
	pages        *pageCache
	usageRefused atomic.Bool // the credential cannot read the quota
	rateFetched  sync.Once   // the server was asked for its rate limit
	// noWarmPoolsUntil is when the server may be asked for warm pools again, nil for now.
	noWarmPoolsUntil atomic.Pointer[time.Time]

	debugMu sync.Mutex
	debug   io.Writer
}

// New returns a client. It sends no request. It fails with a one-line error if
// the options are invalid.
func New(o Options) (*Client, error) {
	base, err := parseBaseURL(o.Credentials.APIURL)
	if err != nil {
		return nil, err
	}
	credentials, err := o.Credentials.validated()
	if err != nil {
		return nil, err
	}
	c := &Client{
		base:       base,
		credential: newSecret(credentials.Secret),
		jwt:        credentials.JWT,
		org:        credentials.OrganizationID,
		source:     credentials.Source,
		expires:    credentials.ExpiresAt,
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
		c.sleep = Sleep
	}
	transport := o.Transport
	if transport == nil {
		transport = newTransport()
	}
	// Three features of resty stay off because send replaces them: its retries
	// would repeat POST and DELETE, its body limit copies in small chunks, and
	// its logger writes to the terminal.
	c.http = resty.NewWithClient(&http.Client{Transport: transport, CheckRedirect: checkRedirect}).
		SetBaseURL(base.String()).
		SetRetryCount(0).
		SetLogger(noLogger{}).
		SetDisableWarn(true).
		SetContentLength(true). // else resty sends an empty body in chunks, which some proxies refuse
		SetDoNotParseResponse(true)
	return c, nil
}

// Close closes idle connections. Running calls continue until their contexts end.
func (c *Client) Close() { c.http.GetClient().CloseIdleConnections() }

// Host returns the host:port of the API.
func (c *Client) Host() string { return c.base.Host }

// URL returns the API's base URL without a trailing slash.
func (c *Client) URL() string { return c.base.String() }

// OrganizationID returns the organization of a JWT. It is empty for an API key,
// which belongs to one organization.
func (c *Client) OrganizationID() string {
	if !c.jwt {
		return ""
	}
	return c.org
}

// Insecure reports whether the credential is sent unencrypted: over plain http to
// another machine.
func (c *Client) Insecure() bool { return !isSecure(c.base) }

// Rate returns the latest known rate limit, with Reset counted down to now.
func (c *Client) Rate() model.RateLimit { return c.throttle.current(c.now()) }

// ClockSkew returns by how much the server's clock is ahead of this machine's, 0 if they
// agree within seconds. It is known after the first response.
func (c *Client) ClockSkew() (skew time.Duration, known bool) {
	return time.Duration(c.skew.Load()), c.skewKnown.Load()
}

// noLogger discards resty's log.
type noLogger struct{}

func (noLogger) Errorf(string, ...any) {}
func (noLogger) Warnf(string, ...any)  {}
func (noLogger) Debugf(string, ...any) {}

// Sleep waits for d. It returns the cause of ctx if ctx ends first.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
