package client

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"daytona/snapdeck/model"
)

// transportFailure describes one way in which a request gets no response or only
// a part of it.
type transportFailure struct {
	matches func(error) bool
	message string
	remedy  string
}

// transportFailures are matched in this order. Proxy errors come first because
// they wrap the errors of the underlying connection.
var transportFailures = []transportFailure{
	{isAny(errStalled), "no response in time", "check that the server and the network are up"},
	{isAny(errTooSlow), "response too slow", "the network is slow or the server overloaded · try again"},
	{isAny(context.DeadlineExceeded), "not finished in time", "check that the server and the network are up"},
	{isAny(errProxyURL), errProxyURL.Error(), "fix HTTPS_PROXY or HTTP_PROXY, or add the host to NO_PROXY"},
	{isType[proxyError], "refused by the proxy", "check HTTPS_PROXY, or add the host to NO_PROXY"},
	{isProxyError, "cannot connect to the proxy", "check HTTPS_PROXY and HTTP_PROXY, or add the host to NO_PROXY"},
	{isAny(http.ErrSchemeMismatch), messageNoTLS, "use the https port of the server in the API URL"},
	{isType[tls.RecordHeaderError], messageNoTLS, "use the https port of the server in the API URL"},
	{isType[x509.UnknownAuthorityError], "certificate signed by an unknown authority", "if you trust it, install its CA (SSL_CERT_FILE)"},
	{isType[x509.HostnameError], "certificate for another host", "use the host name of the certificate"},
	{isType[x509.CertificateInvalidError], "certificate invalid or expired", "check this machine's clock, or contact the server's administrator"},
	{isTLSError, "TLS connection failed", "check for a proxy or firewall in between"},
	{isUnknownHost, "no such host", "check the API URL and the network"},
	{isType[*net.DNSError], "host name lookup failed", "check the network"},
	{isAny(syscall.ECONNREFUSED), "connection refused", "check that the server is up and the port is right"},
	{isAny(syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN), "host unreachable", "check the network and the VPN"},
	{isTimeout, "connection timed out", "check that the server and the network are up"},
	{isAny(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED), "connection reset", "try again"},
	{isAny(io.ErrUnexpectedEOF, io.EOF), "connection closed before the response was complete", "try again"},
	{isNotHTTP, "the server does not speak HTTP", "check the API URL and its port"},
	{isCorrupt, "response cannot be decompressed", "check for a proxy in between"},
}

const messageNoTLS = "the server does not speak TLS"

// describeFailure returns the message and remedy of a transport error. The text of
// an unknown error is foreign.
func (c *Client) describeFailure(err error) (message, remedy string) {
	for _, f := range transportFailures {
		if f.matches(err) {
			return f.message, f.remedy
		}
	}
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // without the URL
	}
	return c.foreign(err.Error()), "check the API URL and the network"
}

func isAny(targets ...error) func(error) bool {
	return func(err error) bool {
		for _, target := range targets {
			if errors.Is(err, target) {
				return true
			}
		}
		return false
	}
}

func isType[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

func isProxyError(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && (op.Op == "proxyconnect" || op.Op == "socks connect")
}

// isTLSError also checks the text because most errors of crypto/tls have no type.
func isTLSError(err error) bool {
	return isType[*tls.CertificateVerificationError](err) || isType[tls.AlertError](err) ||
		strings.Contains(err.Error(), "tls: ")
}

// isNotHTTP checks the text because net/http has no type for these errors.
func isNotHTTP(err error) bool {
	return strings.Contains(err.Error(), "malformed HTTP ") || strings.Contains(err.Error(), "malformed MIME header")
}

func isUnknownHost(err error) bool {
	dns, ok := errors.AsType[*net.DNSError](err)
	return ok && dns.IsNotFound
}

func isTimeout(err error) bool {
	timeout, ok := errors.AsType[net.Error](err)
	return ok && timeout.Timeout()
}

func isCorrupt(err error) bool {
	return errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || isType[flate.CorruptInputError](err)
}

// transportError returns the error for a request without a complete response.
func (c *Client) transportError(req request, timeout *idleTimeout, err error, sent bool) *model.Error {
	e := &model.Error{Code: model.Network, Host: c.host(req), Sent: sent}
	for _, tooLarge := range []error{errTooLarge, errTooLargeTogether} {
		if !errors.Is(err, tooLarge) {
			continue
		}
		e.Code, e.Message = model.TooLarge, tooLarge.Error()
		e.Remedy = "the API does not send this much · check the API URL"
		return c.wrap(e, err)
	}
	err = timeout.resolve(err)
	if errors.Is(err, context.Canceled) {
		e.Code, e.Message = model.Canceled, "canceled"
		return c.wrap(e, err)
	}
	e.Message, e.Remedy = c.describeFailure(err)
	if e.Message == messageNoTLS && req.url == nil && isLoopback(c.base.Hostname()) {
		// On any other machine the credential would travel unencrypted.
		e.Remedy = "use http:// in the API URL, or the https port"
	}
	return c.wrap(e, err)
}

// isBrokenConnection reports whether a retry can help: the connection broke, for
// example because the server restarted or closed an idle connection.
func isBrokenConnection(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Code == model.Network &&
		isAny(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, io.ErrUnexpectedEOF, io.EOF)(err)
}

// foreign returns text of a server or a library without the credential.
func (c *Client) foreign(text string) string {
	return truncate(c.credential.redact(text)) // in this order: truncating could split the credential
}

// wrap makes err the cause of e, without its original text.
func (c *Client) wrap(e *model.Error, err error) *model.Error {
	if err != nil {
		e.Err = redactedError{text: c.credential.redact(err.Error()), wrapped: sentinels(err)}
	}
	return e
}

// redactedError replaces an error of a library, which may quote the credential if
// a server echoes it. It still supports errors.Is for the wrapped sentinels.
type redactedError struct {
	text    string
	wrapped []error
}

func (e redactedError) Error() string   { return e.text }
func (e redactedError) Unwrap() []error { return e.wrapped }

// sentinels returns the well-known errors in err's chain.
func sentinels(err error) []error {
	var found []error
	for _, known := range []error{
		context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF,
		errTooLarge, errTooLargeTogether, errStalled, errTooSlow, errProxyURL,
	} {
		if errors.Is(err, known) {
			found = append(found, known)
		}
	}
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		found = append(found, errno)
	}
	return found
}
