package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"daytona/snapdeck/model"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const testKey = "dtn_0123456789abcdefSECRET"

// start starts a server with the API under /api and returns a client for it.
func start(t *testing.T, h http.Handler, change ...func(*Options)) *Client {
	t.Helper()
	server := httptest.NewServer(http.StripPrefix("/api", h))
	t.Cleanup(server.Close)
	return connect(t, server.URL+"/api", change...)
}

func connect(t *testing.T, address string, change ...func(*Options)) *Client {
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

// fakeList serves GET /snapshots like the real server: newest first, weak ETags,
// 304.
type fakeList struct {
	mu          sync.Mutex
	ids         []int // newest first
	use         map[int]int
	requests    []int // page numbers in the order of the requests
	notModified int
	inFlight    int
	maxInFlight int

	// before is called with the lock held before a page is built. n is the number
	// of the request, starting at 1.
	before func(n, page int)
	// after may change the response headers.
	after func(h http.Header)
	pause time.Duration
}

func newFakeList(n int) *fakeList {
	f := &fakeList{use: make(map[int]int)}
	for i := range n {
		f.ids = append(f.ids, n-i)
	}
	return f
}

// insert adds a snapshot, remove deletes one.
func (f *fakeList) insert() { f.ids = slices.Insert(f.ids, 0, slices.Max(f.ids)+1) }
func (f *fakeList) remove(id int) {
	f.ids = slices.DeleteFunc(f.ids, func(i int) bool { return i == id })
}

func fakeID(i int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", i) }

func (f *fakeList) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	q := r.URL.Query()
	if r.Method != http.MethodGet || r.URL.Path != "/snapshots" || q.Get("sort") != "createdAt" || q.Get("order") != "desc" {
		http.Error(w, `{"statusCode":400,"message":"the fake supports only one order"}`, http.StatusBadRequest)
		return
	}
	number, _ := strconv.Atoi(q.Get("page"))
	limit, _ := strconv.Atoi(q.Get("limit"))
	f.requests = append(f.requests, number)
	f.inFlight++
	f.maxInFlight = max(f.maxInFlight, f.inFlight)
	if f.pause > 0 {
		f.mu.Unlock()
		time.Sleep(f.pause)
		f.mu.Lock()
	}
	f.inFlight--
	if f.before != nil {
		f.before(len(f.requests), number)
	}
	body := f.body(number, limit)
	hash := fnv.New64a()
	_, _ = hash.Write(body)
	etag := fmt.Sprintf(`W/"%x-%x"`, len(body), hash.Sum64())
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Daytona-Api-Version", "0.190.0")
	if f.after != nil {
		f.after(w.Header())
	}
	if r.Header.Get("If-None-Match") == etag {
		f.notModified++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = w.Write(body)
}

func (f *fakeList) body(number, limit int) []byte {
	from := min((number-1)*limit, len(f.ids))
	to := min(from+limit, len(f.ids))
	items := []map[string]any{}
	for _, id := range f.ids[from:to] {
		items = append(items, map[string]any{
			"id": fakeID(id), "name": fmt.Sprintf("s-%d", id), "state": "active", "general": false, "uses": f.use[id],
		})
	}
	body, _ := json.Marshal(map[string]any{
		"items": items, "total": len(f.ids), "page": number, "totalPages": (len(f.ids) + limit - 1) / limit,
	})
	return body
}

func (f *fakeList) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.requests)
}

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
