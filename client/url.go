package client

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// DefaultURL is the base URL of Daytona's hosted API.
const DefaultURL = "https://app.daytona.io/api"

// CheckURL returns why a base URL of the API is invalid, or nil. Its errors never repeat
// the URL.
func CheckURL(raw string) error {
	_, err := parseBaseURL(raw)
	return err
}

// parseBaseURL parses the API's base URL. Its one-line errors never repeat the
// input, which may contain a password or be a key in the wrong variable.
func parseBaseURL(raw string) (*url.URL, error) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return nil, errors.New("no API URL: set one such as " + DefaultURL)
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, errors.New("invalid API URL: use the form " + DefaultURL)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errors.New("the API URL must start with https:// or http://: use the form " + DefaultURL)
	case u.Hostname() == "":
		return nil, errors.New("the API URL has no host: use the form " + DefaultURL)
	case u.User != nil:
		return nil, errors.New("the API URL contains a user name or password: remove everything before the @")
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(raw, "#"):
		return nil, errors.New("the API URL contains a ? or #: remove it and everything after it")
	case !validPort(u.Port()):
		return nil, errors.New("the API URL has an invalid port: use 1 to 65535")
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

// displayURL returns a URL without user, password, query and fragment.
func displayURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return "(no URL)"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// isLoopback reports whether a host name always means this machine. Names under
// .localhost do (RFC 6761); see [resolveLocalhost].
func isLoopback(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// Origin returns scheme, host and port of a URL, the scope of a credential. It is
// empty if the URL is invalid.
func Origin(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return ""
	}
	return origin(u)
}

func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// isSecure reports whether nothing on the network can read requests to u: over https,
// or over http on this machine.
func isSecure(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && isLoopback(u.Hostname())
}
