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
	// The server closes a connection after 5 s without a request. A POST that
	// meets one that is just being closed fails, and nobody knows whether it
	// was carried out, so we close first.
	idleConnTimeout = 4 * time.Second
	dialTimeout     = 8 * time.Second
	maxHeaderBytes  = 256 << 10
	maxRedirects    = 5
)

var errProxyAddress = errors.New("the proxy's URL in the environment cannot be read")

// proxyRefusal is a proxy's answer to CONNECT.
type proxyError struct{ status int }

func (p proxyError) Error() string {
	return fmt.Sprintf("the proxy answers %d %s", p.status, http.StatusText(p.status))
}

// newTransport is the client's own way to the network. Of its own accord it sends
// a GET again in one case only: on an idle connection that turns out to be closed
// before a byte of the answer came.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	return &http.Transport{
		Proxy: bypassLoopback(http.ProxyFromEnvironment),
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return dialer.DialContext(ctx, network, resolveLocalhost(address))
		},
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
			if answer.StatusCode != http.StatusOK {
				return proxyError{status: answer.StatusCode}
			}
			return nil
		},
		TLSHandshakeTimeout:    dialTimeout,
		IdleConnTimeout:        idleConnTimeout,
		MaxIdleConnsPerHost:    parallelPages,
		MaxResponseHeaderBytes: maxHeaderBytes,
		ForceAttemptHTTP2:      true,
	}
}

// exceptHere is a way to a proxy, but not for this machine: names under .localhost
// count too, which the standard library leaves out.
func bypassLoopback(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		if isLoopback(r.URL.Hostname()) {
			return nil, nil // the meaning of no proxy in http.Transport
		}
		u, err := proxy(r)
		if err != nil {
			return nil, errProxyAddress // the original repeats the URL with its password
		}
		return u, nil
	}
}

// localAddress makes names under .localhost mean this machine, as browsers do,
// instead of asking a name server that could say something else.
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

// followRedirect follows a redirect only where it stays at the same origin and
// keeps the method, so that neither the credential nor the organization reaches
// another host, and a DELETE never becomes a GET. Any other one is returned as
// the answer, which [Client.open] turns into an error that names the new place.
func checkRedirect(next *http.Request, via []*http.Request) error {
	first := via[0]
	if len(via) > maxRedirects || origin(next.URL) != origin(first.URL) || next.Method != first.Method {
		return http.ErrUseLastResponse
	}
	return nil
}
