package model

import (
	"errors"
	"strings"
	"time"
)

// ErrorCode tells what kind of trouble a call met, so that a caller can decide
// without reading text.
type ErrorCode string

// The kinds of trouble.
const (
	Unauthorized ErrorCode = "unauthorized" // 401: the credential is missing, wrong or expired
	Forbidden    ErrorCode = "forbidden"    // 403: the credential may not do this
	NotFound     ErrorCode = "not found"    // 404
	Conflict     ErrorCode = "conflict"     // 409: the name exists
	Invalid      ErrorCode = "invalid"      // 400: the server refuses what was asked
	RateLimited  ErrorCode = "rate limited" // 429, or held back because of one
	ServerError  ErrorCode = "server error" // 5xx
	Network      ErrorCode = "network"      // no answer, or half of one
	NotTheAPI    ErrorCode = "not the API"  // an answer, but not of this API
	TooLarge     ErrorCode = "too large"    // an answer over the stated bound
	Canceled     ErrorCode = "canceled"     // the program gave the call up itself
)

// Error is what every call to the API fails with.
type Error struct {
	Code       ErrorCode
	Status     int           // HTTP status, 0 where there was no answer
	Host       string        // host:port that was asked
	Message    string        // what went wrong: the server's own words (untrusted) or a cause
	Remedy     string        // one line of ours that says what to do
	RetryAfter time.Duration // how long the server wants silence, 0 where it did not say
	Sent       bool          // the request may have reached the server, so its outcome is unknown
	Err        error         // the cause, may be nil
}

// Error is one line: where, what, and what to do about it.
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

// CodeOf is the kind of the [*Error] that an error wraps, "" where it wraps none.
func CodeOf(err error) ErrorCode {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}
