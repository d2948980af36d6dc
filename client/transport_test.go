package client

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"
)

func TestResolveLocalhost(t *testing.T) {
	for in, want := range map[string]string{
		"proxy.localhost:4000": "localhost:4000", "A.B.LOCALHOST.:1": "localhost:1",
		"localhost:1": "localhost:1", "host:1": "host:1", "notlocalhost:1": "notlocalhost:1", "odd": "odd",
	} {
		if got := resolveLocalhost(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestLoopbackBypassesTheProxy(t *testing.T) {
	proxyURL := &url.URL{Scheme: "http", Host: "proxy:3128"}
	broken := errors.New("invalid proxy address http://user:" + testKey + "@proxy")
	for _, tc := range []struct {
		target string
		fail   error
		want   *url.URL
		err    error
	}{
		{"http://proxy.localhost/x", nil, nil, nil},
		{"http://127.0.0.1:3000/x", broken, nil, nil},
		{"https://app.daytona.io/api", nil, proxyURL, nil},
		{"https://app.daytona.io/api", broken, nil, errProxyURL},
	} {
		r := httptest.NewRequest(http.MethodGet, tc.target, nil)
		got, err := bypassLoopback(func(*http.Request) (*url.URL, error) { return proxyURL, tc.fail })(r)
		if got != tc.want || !errors.Is(err, tc.err) {
			t.Errorf("%s: %v, %v", tc.target, got, err)
		}
	}
}

func TestIdleConnectionsAreClosedBeforeTheServerClosesThem(t *testing.T) {
	transport := newTransport()
	if transport.IdleConnTimeout <= 0 || transport.IdleConnTimeout >= 5*time.Second {
		t.Errorf("idle timeout %s: the server closes connections after 5 s", transport.IdleConnTimeout)
	}
	if transport.DisableKeepAlives {
		t.Error("keep-alive is off")
	}
}
