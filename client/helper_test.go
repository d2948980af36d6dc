package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"daytona/snapdeck/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testKey = "dtn_0123456789abcdefSECRET"

// start starts a server with the API under /api and returns a client for it.
func start(t testing.TB, h http.Handler, change ...func(*Options)) *Client {
	t.Helper()
	server := httptest.NewServer(http.StripPrefix("/api", h))
	t.Cleanup(server.Close)
	return connect(t, server.URL+"/api", change...)
}

func connect(t testing.TB, address string, change ...func(*Options)) *Client {
	t.Helper()
	o := Options{
		Credentials: Credentials{APIURL: address, Secret: testKey, Source: "DAYTONA_API_KEY"},
		Timeout:     time.Minute, // tests of timeouts change it
	}
	for _, f := range change {
		f(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// requireError returns err as *model.Error, the type of all errors of a client.
func requireError(t *testing.T, err error) *model.Error {
	t.Helper()
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		t.Fatalf("got %T %v, want a *model.Error", err, err)
	}
	return e
}

// clock is a fake clock that a test advances.
type clock struct {
	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.advance(d)
	c.mu.Lock()
	c.slept = append(c.slept, d)
	c.mu.Unlock()
	return ctx.Err()
}

func (c *clock) use(o *Options) { o.Now, o.Sleep = c.now, c.sleep }

func ids(list []*model.Snapshot) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}

// pipeListener accepts in-memory connections, which work in a bubble of
// testing/synctest, where waiting takes no time.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// startInBubble starts a handler and a client with default timeouts inside a
// synctest bubble.
func startInBubble(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	l := newPipeListener()
	server := &http.Server{Handler: h}
	var served sync.WaitGroup
	served.Go(func() { _ = server.Serve(l) })
	t.Cleanup(func() {
		_ = server.Close()
		served.Wait()
	})
	return connectToPipe(t, l)
}

// startRawInBubble starts a server that handles one connection with a function, and
// a client with default timeouts.
func startRawInBubble(t *testing.T, handle func(net.Conn)) *Client {
	t.Helper()
	l := newPipeListener()
	var served sync.WaitGroup
	served.Go(func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		handle(conn)
	})
	t.Cleanup(func() {
		_ = l.Close()
		served.Wait()
	})
	return connectToPipe(t, l)
}

func connectToPipe(t *testing.T, l *pipeListener) *Client {
	t.Helper()
	transport := newTransport()
	transport.DialContext = l.dial
	return connect(t, "http://localhost/api", func(o *Options) {
		o.Timeout = 0
		o.Transport = transport
	})
}

func readTestdata(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// roundTripper is a transport without a server.
type roundTripper func(*http.Request) *http.Response

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	res := f(r)
	res.Request = r
	return res, nil
}

func newResponse(status int, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
}
