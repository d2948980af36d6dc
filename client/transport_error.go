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

// trouble is one way in which a request gets no answer, or only half of one.
type failure struct {
	matches func(error) bool
	message string
	remedy  string
}

// troubles are tried in this order: a proxy's before those of the connection
// that lies under it.
var failures = []failure{
	{isAny(errStalled), "no answer in time", "is the server up, and the network?"},
	{isAny(errTooSlow), "the answer comes too slowly", "is the network slow, or the server overloaded?"},
	{isAny(context.DeadlineExceeded), "not done in the time it was given", "is the server up, and the network?"},
	{isAny(errProxyAddress), errProxyAddress.Error(), "mend HTTPS_PROXY or HTTP_PROXY, or add the host to NO_PROXY"},
	{isType[proxyError], "the proxy refuses", "check HTTPS_PROXY, or add the host to NO_PROXY"},
	{isProxyError, "the proxy cannot be reached", "check HTTPS_PROXY and HTTP_PROXY, or add the host to NO_PROXY"},
	{isAny(http.ErrSchemeMismatch), "the server does not speak TLS", "write http:// in the API URL, or use the port of https"},
	{isType[tls.RecordHeaderError], "the server does not speak TLS", "write http:// in the API URL, or use the port of https"},
	{isType[x509.UnknownAuthorityError], "the certificate comes from nobody we trust", "install the CA that signed it (SSL_CERT_FILE), if you trust it"},
	{isType[x509.HostnameError], "the certificate is for another host", "use the host name that the certificate names"},
	{isType[x509.CertificateInvalidError], "the certificate is not valid, perhaps expired", "check the clock of this machine, or tell the server's operators"},
	{isTLSError, "the secure connection fails", "is a proxy or firewall in between?"},
	{isUnknownHost, "no such host", "is the API URL right, and the network up?"},
	{isType[*net.DNSError], "the host name cannot be looked up", "is the network up?"},
	{isAny(syscall.ECONNREFUSED), "connection refused", "is the server up, and the port right?"},
	{isAny(syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.ENETDOWN), "the host cannot be reached", "is the network (or the VPN) up?"},
	{isTimeout, "the host does not answer", "is the server up, and the network?"},
	{isAny(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED), "the connection was reset", "try again"},
	{isAny(io.ErrUnexpectedEOF, io.EOF), "the connection was closed before the answer was complete", "try again"},
	{isNotHTTP, "the server does not speak HTTP", "is the API URL right, and its port?"},
	{isCorrupt, "the answer cannot be decompressed", "is a proxy in between?"},
}

// explain says in words what became of a request.
func describe(err error) (message, advice string) {
	for _, t := range failures {
		if t.matches(err) {
			return t.message, t.remedy
		}
	}
	if inner, ok := errors.AsType[*url.Error](err); ok {
		err = inner.Err // without the URL
	}
	return err.Error(), "is the API URL right, and the network up?"
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

func isTLSError(err error) bool {
	return isType[*tls.CertificateVerificationError](err) || isType[tls.AlertError](err) ||
		strings.Contains(err.Error(), "tls: ") // most of the package's errors have no type
}

// isNotHTTP knows what net/http has no type for.
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

// noAnswer is the error of a request that got no answer, or not all of it.
func (c *Client) transportError(req request, timeout *idleTimeout, err error, sent bool) *model.Error {
	e := &model.Error{Code: model.Network, Host: c.host(req), Sent: sent}
	if errors.Is(err, errTooLarge) {
		e.Code, e.Message = model.TooLarge, errTooLarge.Error()
		e.Remedy = "this is more than the API sends: is the API URL right?"
		return c.redact(e, err)
	}
	err = timeout.resolve(err)
	if errors.Is(err, context.Canceled) {
		e.Code, e.Message = model.Canceled, "given up"
		return c.redact(e, err)
	}
	e.Message, e.Remedy = describe(err)
	return c.redact(e, err)
}

// brokenConnection reports whether a second try can help: the connection broke,
// as it does where a server restarts or closes an idle one.
func isBrokenConnection(err error) bool {
	e, ok := errors.AsType[*model.Error](err)
	return ok && e.Code == model.Network &&
		isAny(syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED, io.ErrUnexpectedEOF, io.EOF)(err)
}

// clean makes an error fit to be shown: nothing in it holds the secret, and its
// cause answers to errors.Is, but carries no text of others.
func (c *Client) redact(e *model.Error, err error) *model.Error {
	e.Host = c.credential.redact(e.Host)
	e.Message = truncate(c.credential.redact(e.Message)) // in this order: a cut could halve an echo
	e.Remedy = c.credential.redact(e.Remedy)
	if err != nil {
		e.Err = redactedError{text: c.credential.redact(err.Error()), wrapped: sentinels(err)}
	}
	return e
}

// cause stands for an error of a library. Those quote what a server sent, which
// can be the credential.
type redactedError struct {
	text    string
	wrapped []error
}

func (c redactedError) Error() string   { return c.text }
func (c redactedError) Unwrap() []error { return c.wrapped }

// kinds are the well-known errors in err's chain.
func sentinels(err error) []error {
	var found []error
	for _, known := range []error{
		context.Canceled, context.DeadlineExceeded, io.ErrUnexpectedEOF, io.EOF,
		errTooLarge, errStalled, errTooSlow, errProxyAddress,
	} {
		if errors.Is(err, known) {
			found = append(found, known)
		}
	}
	if number, ok := errors.AsType[syscall.Errno](err); ok {
		found = append(found, number)
	}
	return found
}
