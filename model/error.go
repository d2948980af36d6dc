package model

import (
	"errors"
	"strings"
	"time"
)

// ErrorCode is the kind of an [Error], for decisions that must not depend on its text.
type ErrorCode string

// The error codes.
const (
	Unauthorized ErrorCode = "unauthorized" // 401: credential missing, invalid or expired
	Forbidden    ErrorCode = "forbidden"    // 403: not permitted
	NotFound     ErrorCode = "not found"    // 404
	Conflict     ErrorCode = "conflict"     // 409: name already exists
	Invalid      ErrorCode = "invalid"      // 400: request rejected
	RateLimited  ErrorCode = "rate limited" // 429, or not sent because of an earlier one
	ServerError  ErrorCode = "server error" // 5xx
	Network      ErrorCode = "network"      // no response, or an incomplete one
	NotTheAPI    ErrorCode = "not the API"  // the response is not from this API
	TooLarge     ErrorCode = "too large"    // the response exceeds the size limit
	Canceled     ErrorCode = "canceled"     // canceled by this program
)

// Error is the error of a request to the API.
type Error struct {
	Code       ErrorCode
	Status     int           // HTTP status, 0 without a response
	Host       string        // host:port of the request
	Message    string        // what failed; may quote the server, so it is untrusted
	Remedy     string        // what to do, one line
	RetryAfter time.Duration // when the server accepts requests again, 0 if unknown
	Release    string        // of the API that answered, such as "0.190.0", "" if unknown; untrusted
	Sent       bool          // the server may have received the request, so its outcome is unknown
	Err        error         // cause, may be nil
}

// Error returns one line: host, message and remedy.
func (e *Error) Error() string {
	message := strings.Join(strings.Fields(e.Message), " ")
	if message == "" {
		message = string(e.Code)
	}
	line := message
	if e.Host != "" {
		line = e.Host + ": " + message
	}
	if e.Remedy != "" {
		line += " · " + e.Remedy
	}
	return line
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// OutcomeUnknown reports whether the server may have carried out the failed request: it was
// sent, and what came back, if anything, is no refusal.
func OutcomeUnknown(err error) bool {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return false
	}
	switch e.Code {
	case Unauthorized, Forbidden, NotFound, Conflict, Invalid, RateLimited:
		return false
	default:
		return e.Sent
	}
}

// CodeOf returns the code of the [*Error] that err wraps, "" if there is none.
func CodeOf(err error) ErrorCode {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// AsError returns an error as an error of the API of a host.
func AsError(err error, host string) *Error {
	if known, ok := errors.AsType[*Error](err); ok {
		return known
	}
	return &Error{Code: Network, Message: err.Error(), Host: host}
}
