package demo

import (
	"net/http"
	"strconv"
	"time"
)

// throttle counts requests like the server's throttler. A window starts with the first request. A
// request over the limit starts a block of the same length. Requests during a block count, too, so
// a client that does not wait is blocked again at its end.
type throttle struct {
	name     string // suffix of its headers
	limit    Limit
	counters map[string]*requestCounter
}

type requestCounter struct {
	hits                    int
	windowEnd, blockedUntil millis
}

// allow counts a request of a client, sets the headers and reports whether it is allowed.
func (t *throttle) allow(h http.Header, client string, now millis) bool {
	if !t.limit.enabled() {
		return true
	}
	c, window := t.count(client, now)
	if now >= c.blockedUntil && c.hits > t.limit.Requests {
		c.blockedUntil = now + window
	}
	if now < c.blockedUntil {
		setHeader(h, "Retry-After-"+t.name, seconds(c.blockedUntil-now))
		return false
	}
	t.setHeaders(h, t.limit.Requests-c.hits, c.windowEnd-now)
	return true
}

// recordFailure counts invalid credentials and reports whether the response may be a 401. At the
// limit a block starts.
func (t *throttle) recordFailure(h http.Header, client string, now millis) bool {
	if !t.limit.enabled() {
		return true
	}
	c, window := t.count(client, now)
	t.setHeaders(h, max(t.limit.Requests-c.hits, 0), c.windowEnd-now)
	if c.hits >= t.limit.Requests {
		c.blockedUntil = now + window
	}
	return !t.blocked(h, client, now)
}

// blocked reports whether a client is blocked.
func (t *throttle) blocked(h http.Header, client string, now millis) bool {
	c, ok := t.counters[client]
	if !ok || now >= c.blockedUntil {
		return false
	}
	t.setHeaders(h, 0, c.blockedUntil-now)
	setHeader(h, "Retry-After", seconds(c.blockedUntil-now))
	return true
}

// count counts a request in the window of a client.
func (t *throttle) count(client string, now millis) (c *requestCounter, window millis) {
	if t.counters == nil {
		t.counters = map[string]*requestCounter{}
	}
	c, ok := t.counters[client]
	if !ok {
		c = &requestCounter{}
		t.counters[client] = c
	}
	window = millis(t.limit.Window / time.Millisecond)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+window
	}
	c.hits++
	return c, window
}

func (t *throttle) setHeaders(h http.Header, remaining int, reset millis) {
	setHeader(h, "X-RateLimit-Limit-"+t.name, strconv.Itoa(t.limit.Requests))
	setHeader(h, "X-RateLimit-Remaining-"+t.name, strconv.Itoa(remaining))
	setHeader(h, "X-RateLimit-Reset-"+t.name, seconds(reset))
}

// seconds returns a duration in whole seconds, rounded up.
func seconds(d millis) string { return strconv.FormatInt(int64((d+second-1)/second), 10) }
