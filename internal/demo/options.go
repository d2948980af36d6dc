package demo

import (
	"cmp"
	"time"
)

// DefaultSize is the number of listed snapshots if Options.Size is 0.
const DefaultSize = 120

// MaxSize is the maximum of Options.Size. New reduces larger sizes to it.
const MaxSize = 100_000

// IdleTimeout is how long the server keeps an idle connection, as its responses declare. Set it in
// the http.Server that serves the demo.
const IdleTimeout = 5 * time.Second

// Limit is a rate limit of Requests per Window. The zero value means no limit.
type Limit struct {
	Requests int
	Window   time.Duration
}

func (l Limit) enabled() bool { return l.Requests > 0 && l.Window > 0 }

// Options configures the demo organization and its server. The zero value is what --demo shows, on
// the real clock.
type Options struct {
	// Seed selects the generated snapshots and events. The same seed, size and start time give the
	// same responses.
	Seed int64
	// Size is the number of listed snapshots at the start, including general ones. 0 means
	// DefaultSize.
	Size int
	// Now is the clock, nil means time.Now. It is called from every goroutine that serves a
	// request.
	Now func() time.Time

	// RateLimit counts all requests of the organization, regardless of the key.
	RateLimit Limit
	// Anonymous counts requests to the public health check per IP address.
	Anonymous Limit
	// FailedAuth counts invalid credentials per IP address. At the limit, valid ones are rejected,
	// too.
	FailedAuth Limit

	// Suspended is the reason why the organization is suspended, empty if it is not.
	Suspended string
	// SnapshotQuota is the maximum number of snapshots in use. 0 means more than Size needs.
	SnapshotQuota int
	// BodyTimeout is how long a client may take to send the body of a request. 0 means 10 s.
	BodyTimeout time.Duration
	// Dashboard serves an HTML page with status 200 for paths outside of /api, like the hosted
	// service. Otherwise only /dashboard does, and other paths return 500 like a self-hosted
	// server.
	Dashboard bool
}

func (o Options) withDefaults() Options {
	o.Size = min(cmp.Or(max(o.Size, 0), DefaultSize), MaxSize)
	o.SnapshotQuota = cmp.Or(o.SnapshotQuota, 2*o.Size+100)
	o.BodyTimeout = cmp.Or(max(o.BodyTimeout, 0), defaultBodyTimeout)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
