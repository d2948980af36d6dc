package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func TestTransportErrors(t *testing.T) {
	t.Parallel()
	closed := func(t *testing.T) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		return l.Addr().String()
	}
	raw := func(handle func(net.Conn)) func(t *testing.T) string {
		return func(t *testing.T) string { return rawServer(t, handle) }
	}
	cases := map[string]struct {
		address func(t *testing.T) string
		scheme  string
		message string
		is      error
		sent    bool
	}{
		"refused": {closed, "http", "connection refused", syscall.ECONNREFUSED, false},
		"no such host": {func(*testing.T) string { return "no-such-host.invalid" }, "http",
			"host", nil, false}, // without a name server the lookup fails instead
		"closed at once":  {raw(func(c net.Conn) { _ = c.Close() }), "http", "", nil, true},
		"reset":           {raw(reset), "http", "", nil, true},
		"no TLS":          {raw(func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") }), "https", "does not speak TLS", nil, false},
		"no HTTP":         {raw(hangAfter("SSH-2.0-OpenSSH_9.9\r\n")), "http", "does not speak HTTP", nil, true},
		"truncated body":  {raw(closeAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":")), "http", "closed before the response was complete", io.ErrUnexpectedEOF, true},
		"truncated chunk": {raw(closeAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"items\":")), "http", "closed before the response was complete", io.ErrUnexpectedEOF, true},
		"endless header": {raw(func(c net.Conn) {
			closeAfter("HTTP/1.1 200 OK\r\nX: ")(c)
			for {
				if _, err := io.WriteString(c, strings.Repeat("x", 4096)); err != nil {
					return
				}
			}
		}), "http", "", nil, true},
		"not really gzip": {raw(closeAfter("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 12\r\n\r\n{\"items\":[]}")), "http", "decompressed", nil, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := connect(t, tc.scheme+"://"+tc.address(t)+"/api")
			_, err := c.List(t.Context(), nil)
			e := requireError(t, err)
			if e.Code != model.Network || e.Status != 0 || e.Sent != tc.sent {
				t.Errorf("%s, status %d, sent %v", e.Code, e.Status, e.Sent)
			}
			if !strings.Contains(e.Message, tc.message) || e.Remedy == "" || strings.ContainsAny(e.Error(), "\r\n") {
				t.Errorf("got %q", e.Error())
			}
			if tc.is != nil && !errors.Is(err, tc.is) {
				t.Errorf("%v is not %v", err, tc.is)
			}
		})
	}
}

// rawServer starts a TCP server that handles each connection with a function.
func rawServer(t *testing.T, handle func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var open atomic.Int64
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			open.Add(1)
			go func() {
				defer open.Add(-1)
				defer func() { _ = conn.Close() }()
				handle(conn)
			}()
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
		for open.Load() > 0 {
			time.Sleep(time.Millisecond)
		}
	})
	return l.Addr().String()
}

// hangAfter reads a request, writes text and waits until the client disconnects.
func hangAfter(text string) func(net.Conn) {
	return func(c net.Conn) {
		closeAfter(text)(c)
		_, _ = io.Copy(io.Discard, c)
	}
}

// closeAfter reads a request, writes text and closes the connection.
func closeAfter(text string) func(net.Conn) {
	return func(c net.Conn) {
		_, _ = c.Read(make([]byte, 4096))
		_, _ = io.WriteString(c, text)
	}
}

func reset(c net.Conn) {
	_, _ = c.Read(make([]byte, 4096))
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

// redirectTo returns a transport that dials one address for every host. An empty
// address refuses connections.
func redirectTo(address string) *http.Transport {
	transport := newTransport()
	transport.Proxy = nil
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		if address == "" {
			return nil, &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	return transport
}

// Plain http would show the credential to the network.
func TestHTTPIsAdvisedOnlyForThisMachine(t *testing.T) {
	t.Parallel()
	for answer, handle := range map[string]func(net.Conn){
		"http":    closeAfter("HTTP/1.1 400 Bad Request\r\n\r\n"),
		"nothing": closeAfter("220 smtp ready\r\n"),
	} {
		address := rawServer(t, handle)
		for host, advised := range map[string]bool{
			"127.0.0.1": true, "localhost": true, "api.localhost": true, "[::1]": true,
			"daytona.example": false, "10.0.0.5": false, "localhost.example": false,
		} {
			c := connect(t, "https://"+host+":443/api", func(o *Options) { o.Transport = redirectTo(address) })
			_, err := c.List(t.Context(), nil)
			e := requireError(t, err)
			if e.Message != "the server does not speak TLS" || strings.Contains(e.Error(), "http://") != advised || e.Remedy == "" {
				t.Errorf("%s from %s: %q", answer, host, e.Error())
			}
		}
	}
}

func TestTLS(t *testing.T) {
	server := httptest.NewTLSServer(respond(200, `{"items":[],"total":0}`))
	server.Config.ErrorLog = discardLog()
	defer server.Close()
	_, err := connect(t, server.URL+"/api").List(t.Context(), nil)
	e := requireError(t, err)
	if e.Code != model.Network || e.Sent || !strings.Contains(e.Message, "certificate") || !strings.Contains(e.Remedy, "CA") {
		t.Errorf("got %+v", e)
	}
}

func TestProxy(t *testing.T) {
	proxy := httptest.NewServer(respond(407, ""))
	defer proxy.Close()
	for name, tc := range map[string]struct{ proxy, message string }{
		"refuses":     {proxy.Listener.Addr().String(), "refused by the proxy"},
		"not running": {"127.0.0.1:1", "cannot connect to the proxy"},
	} {
		t.Run(name, func(t *testing.T) {
			transport := newTransport()
			transport.Proxy = func(*http.Request) (*url.URL, error) {
				return &url.URL{Scheme: "http", Host: tc.proxy}, nil
			}
			c := connect(t, "https://daytona.example/api", func(o *Options) { o.Transport = transport })
			_, err := c.List(t.Context(), nil)
			e := requireError(t, err)
			if e.Code != model.Network || e.Sent || e.Message != tc.message || !strings.Contains(e.Remedy, "HTTPS_PROXY") {
				t.Errorf("got %+v", e)
			}
		})
	}
}
