package model

import (
	"fmt"
	"time"
)

// RateLimit is a rate limit of the server, shared by all clients of the organization. The
// zero value is an unknown limit.
type RateLimit struct {
	Known     bool
	Limit     int           // requests per window
	Remaining int           // requests left in the current window
	Window    time.Duration // length of a window, 0 if unknown
	Reset     time.Duration // time from the response to the end of the window
}

// Server is what the API reports about itself.
type Server struct {
	Version      string
	DashboardURL string
	RateLimit    RateLimit
}

// ListProgress is the progress of reading a list.
type ListProgress struct {
	Snapshots []*Snapshot // read so far
	Total     int         // total number according to the server
	// Left is how long the rest takes at least because of the rate limit, 0 if it does
	// not have to wait.
	Left time.Duration
}

// Listing is a list of snapshots.
type Listing struct {
	Snapshots  []*Snapshot
	Skipped    []error         // an error for each item that could not be decoded
	Incomplete *IncompleteList // nil if the list is complete, as far as the server says
	Requests   int             // number of HTTP requests, including those answered with 304
	ClockSkew  time.Duration   // by how much the server's clock is ahead of this machine's
}

// IncompleteList is the error of a list that does not match the server's total.
type IncompleteList struct {
	Total string // as the server sent it, "" if it is no number
	Sent  int    // number of items that the server sent
}

// Error implements error.
func (e *IncompleteList) Error() string {
	if e.Total == "" {
		return fmt.Sprintf("the server sent no valid total, and %d snapshots", e.Sent)
	}
	return fmt.Sprintf("the server counts %s snapshots, but sent %d", e.Total, e.Sent)
}
