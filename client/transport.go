package client

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// The server closes idle connections after 5 s. A POST on a connection that
	// is just being closed fails with an unknown outcome, so the client closes
	// first.
	idleConnTimeout = 4 * time.Second
	dialTimeout     = 8 * time.Second
	maxHeaderBytes  = 256 << 10
	maxRedirects    = 5
)

var errProxyURL = errors.New("invalid proxy URL in the environment")

// proxyError is a proxy's failed response to CONNECT.
type proxyError struct{ status int }

func (p proxyError) Error() string {
	return fmt.Sprintf("proxy response %d %s", p.status, http.StatusText(p.status))
}

// newTransport returns the default transport. net/http repeats a GET on its own
// only if an idle connection was closed before the first byte of the response.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	return &http.Transport{
		Proxy: bypassLoopback(http.ProxyFromEnvironment),
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, resolveLocalhost(address))
		},
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
			if res.StatusCode != http.StatusOK {
				return proxyError{status: res.StatusCode}
			}
			return nil
		},
		TLSHandshakeTimeout:    dialTimeout,
		IdleConnTimeout:        idleConnTimeout,
		MaxIdleConnsPerHost:    maxParallel,
		MaxResponseHeaderBytes: maxHeaderBytes,
		ForceAttemptHTTP2:      true,
	}
}

// bypassLoopback wraps a proxy function so that requests to this machine use no
// proxy. Unlike the standard library, it includes names under .localhost.
func bypassLoopback(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		if isLoopback(r.URL.Hostname()) {
			return nil, nil // http.Transport: no proxy
		}
		u, err := proxy(r)
		if err != nil {
			return nil, errProxyURL // the original error contains the URL with its password
		}
		return u, nil
	}
}

// resolveLocalhost maps names under .localhost to localhost, as browsers do. A
// name server could resolve them to another machine.
func resolveLocalhost(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if strings.HasSuffix(strings.TrimSuffix(strings.ToLower(host), "."), ".localhost") {
		return net.JoinHostPort("localhost", port)
	}
	return address
}

// checkRedirect follows a redirect only to the same origin and with the same
// method, so that the credential never reaches another host and a DELETE never
// becomes a GET. Any other redirect is returned as the response, which
// [Client.send] turns into an error.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > maxRedirects || origin(next.URL) != origin(first.URL) || next.Method != first.Method {
		return http.ErrUseLastResponse
	}
	return nil
}
