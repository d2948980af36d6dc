package demo

import (
	"cmp"
	"time"
)

// DefaultSize is how many snapshots the list holds when Options.Size is 0.
const DefaultSize = 120

// MaxSize is the largest world that New makes; a larger Options.Size is cut to it.
const MaxSize = 100_000

// IdleTimeout is how long the real server keeps an idle connection, and says so in every answer. Give it to the
// http.Server that serves the demo.
const IdleTimeout = 5 * time.Second

// Limit is a request limit: at most Requests in one Window. The zero value means no limit.
type Limit struct {
	Requests int
	Window   time.Duration
}

func (l Limit) enabled() bool { return l.Requests > 0 && l.Window > 0 }

// Options says which world to make and how its server behaves. The zero value is the world that the dashboard's
// demo shows, on the real clock.
type Options struct {
	// Seed chooses the world. The same seed, size and start give the same answers.
	Seed int64
	// Size is how many snapshots the list holds at the start, general ones included. 0 means DefaultSize.
	Size int
	// Now is the clock of the world; nil means time.Now. It is asked from any goroutine that serves a request.
	Now func() time.Time

	// RateLimit counts all requests of the organization together, whatever their key.
	RateLimit Limit
	// Anonymous counts the requests to the public health check, by address.
	Anonymous Limit
	// FailedAuth counts bad credentials by address; at the limit good ones from there are refused too.
	FailedAuth Limit

	// Suspended is the reason for which the organization is suspended; empty means that it is not.
	Suspended string
	// SnapshotQuota is how many snapshots may be in use at once; 0 means enough for the size.
	SnapshotQuota int
	// Dashboard makes paths outside of /api answer with the dashboard's page and 200, as the hosted service does.
	// Otherwise only /dashboard does and the rest is a 500, as a self-hosted server answers.
	Dashboard bool
}

func (o Options) withDefaults() Options {
	o.Size = min(cmp.Or(max(o.Size, 0), DefaultSize), MaxSize)
	o.SnapshotQuota = cmp.Or(o.SnapshotQuota, 2*o.Size+100)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
