package demo

import (
	"fmt"
	"net/http"
	"strconv"
)

// fault is an answer that refuses: a handler returns it as its error, and the server writes it.
type apiError struct {
	status  int
	message string
}

func (f *apiError) Error() string { return f.message }

func badRequest(message string) *apiError { return &apiError{http.StatusBadRequest, message} }
func notFound(message string) *apiError   { return &apiError{http.StatusNotFound, message} }
func forbidden(message string) *apiError  { return &apiError{http.StatusForbidden, message} }

// unexpected is what the server says where it did not foresee something and threw.
func internalError() *apiError {
	return &apiError{http.StatusInternalServerError, "An unexpected error occurred."}
}

func invalidCredentials() *apiError { return &apiError{http.StatusUnauthorized, "Invalid credentials"} }

// wrongContext is said to good credentials that are not the right kind here, or not for this organization.
func invalidContext() *apiError { return forbidden("Invalid authentication context") }

func tooManyRequests() *apiError {
	return &apiError{http.StatusTooManyRequests, "ThrottlerException: Too Many Requests"}
}

func snapshotNotFound(name string) *apiError {
	return notFound(fmt.Sprintf("Snapshot with name %s not found", name))
}

// notYours is said where the snapshot exists but is another organization's.
func snapshotNotVisible(name string) *apiError {
	return notFound(fmt.Sprintf("Snapshot with ID or name %s not found", name))
}

// body is a fault as the API's error filter writes it. path is the request's path with its query, as it came.
func (f *apiError) body(path string, now millis) []byte {
	b := appendField(nil, '{', "path", path)
	b = appendTime(b, "timestamp", now)
	b = appendInt(b, "statusCode", f.status)
	b = appendField(b, ',', "error", http.StatusText(f.status))
	b = appendField(b, ',', "message", f.message)
	return append(b, '}')
}

// parseFaultBody is the answer to a body that could not be read. The body parser runs before the API's own
// filters: it has another shape and no version header.
func parserErrorBody(status int, message string) []byte {
	b := appendField(nil, '{', "message", message)
	b = appendField(b, ',', "error", http.StatusText(status))
	b = append(b, `,"statusCode":`...)
	b = strconv.AppendInt(b, int64(status), 10)
	return append(b, '}')
}

// runnerFaultBody is a refusal of a runner, which the API passes on as it is.
func runnerErrorBody(ref string, now millis) []byte {
	b := append([]byte(`{"statusCode":`), strconv.Itoa(http.StatusNotFound)...)
	b = appendField(b, ',', "message", "build logs not found for ref: "+ref)
	b = appendField(b, ',', "code", "NOT_FOUND")
	b = appendTime(b, "timestamp", now)
	b = appendField(b, ',', "path", "/snapshots/logs")
	b = appendField(b, ',', "method", "")
	return append(b, '}')
}
