package client

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// DefaultURL is the API of the vendor's own service.
const DefaultURL = "https://app.daytona.io/api"

// parseAddress reads the API's base URL. Its errors are one line that says what
// to do, and never repeat the input: it may hold a password, or be a key that was
// put into the wrong variable.
func parseBaseURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil, errors.New("no API URL: write one like " + DefaultURL)
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, errors.New("the API URL cannot be read: write it like " + DefaultURL)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("the API URL must begin with https:// (or http://), like " + DefaultURL)
	case u.Hostname() == "":
		return nil, errors.New("the API URL names no host: write it like " + DefaultURL)
	case u.User != nil:
		return nil, errors.New("the API URL holds a user name or password: remove what stands before the @")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#"):
		return nil, errors.New("the API URL holds a ? or #: remove it and what follows, it ends in /api as a rule")
	case !validPort(u.Port()):
		return nil, errors.New("the API URL has a port that does not exist: 1 to 65535 do")
	}
	u.Host = strings.ToLower(u.Host)
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = strings.TrimRight(u.RawPath, "/")
	return u, nil
}

func validPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// displayURL is a URL as it may be shown: without user, password and query.
func displayURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return "(no URL)"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// loopback reports whether a host name can only mean this machine. Names under
// .localhost do (RFC 6761), and the dialer sees to it that they do here.
func isLoopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// Origin is scheme, host and port of a URL, which is what a credential belongs to, or ""
// where it cannot be read.
func Origin(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return ""
	}
	return origin(u)
}

// origin is [Origin] of a URL that was read already.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// private reports whether what is sent to u cannot be read on the way.
func isEncrypted(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}
