package demo

import (
	"fmt"
	"net/http"
	"strconv"
)

// apiError is an error response. Handlers return it as their error and the server writes it.
type apiError struct {
	status  int
	message string
}

func (e *apiError) Error() string { return e.message }

func badRequest(message string) *apiError { return &apiError{http.StatusBadRequest, message} }
func notFound(message string) *apiError   { return &apiError{http.StatusNotFound, message} }
func forbidden(message string) *apiError  { return &apiError{http.StatusForbidden, message} }

// internalError is the response to an unhandled exception.
func internalError() *apiError {
	return &apiError{http.StatusInternalServerError, "An unexpected error occurred."}
}

func invalidCredentials() *apiError { return &apiError{http.StatusUnauthorized, "Invalid credentials"} }

// invalidContext is the response to valid credentials of the wrong kind or for another
// organization.
func invalidContext() *apiError { return forbidden("Invalid authentication context") }

func tooManyRequests() *apiError {
	return &apiError{http.StatusTooManyRequests, "ThrottlerException: Too Many Requests"}
}

func snapshotNotFound(name string) *apiError {
	return notFound(fmt.Sprintf("Snapshot with name %s not found", name))
}

// snapshotNotVisible is the response for a snapshot of another organization.
func snapshotNotVisible(name string) *apiError {
	return notFound(fmt.Sprintf("Snapshot with ID or name %s not found", name))
}

// body returns the JSON of the API's error filter. path is the request's path with its query,
// unchanged.
func (e *apiError) body(path string, now millis) []byte {
	b := appendField(nil, '{', "path", path)
	b = appendTime(b, "timestamp", now)
	b = appendInt(b, "statusCode", e.status)
	b = appendField(b, ',', "error", http.StatusText(e.status))
	b = appendField(b, ',', "message", e.message)
	return append(b, '}')
}

// parserErrorBody returns the JSON of a body parser error. The parser runs before the API's error
// filter, so the JSON differs and has no version header.
func parserErrorBody(status int, message string) []byte {
	b := appendField(nil, '{', "message", message)
	b = appendField(b, ',', "error", http.StatusText(status))
	b = append(b, `,"statusCode":`...)
	b = strconv.AppendInt(b, int64(status), 10)
	return append(b, '}')
}

// runnerErrorBody returns the JSON of a runner's error, which the API passes on unchanged.
func runnerErrorBody(ref string, now millis) []byte {
	b := append([]byte(`{"statusCode":`), strconv.Itoa(http.StatusNotFound)...)
	b = appendField(b, ',', "message", "build logs not found for ref: "+ref)
	b = appendField(b, ',', "code", "NOT_FOUND")
	b = appendTime(b, "timestamp", now)
	b = appendField(b, ',', "path", "/snapshots/logs")
	b = appendField(b, ',', "method", "")
	return append(b, '}')
}
