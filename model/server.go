package model

import "time"

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

// Listing is a complete list of snapshots.
type Listing struct {
	Snapshots []*Snapshot
	Skipped   []error // an error for each item that could not be decoded
	Requests  int     // number of HTTP requests, including those answered with 304
	Rate      RateLimit
}
