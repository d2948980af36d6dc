package demo

import (
	"net/http"
	"strconv"
	"time"
)

// throttle counts requests as the server's throttler does: a window begins with the first request, and a request
// too many starts a block of the same length. Requests that come during the block count as well, so a client
// that goes on asking meets a new block at the end of the first one; only one that is silent gets through.
type throttle struct {
	name    string // the ending of its headers
	limit   Limit
	counters map[string]*requestCounter
}

type requestCounter struct {
	hits               int
	windowEnd, blockedUntil millis
}

// hit counts a request of that party, sets its headers and tells whether it may pass.
func (t *throttle) allow(h http.Header, party string, now millis) bool {
	if !t.limit.enabled() {
		return true
	}
	window := millis(t.limit.Window / time.Millisecond)
	c := t.counter(party)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+window
	}
	c.hits++
	if now >= c.blockedUntil && c.hits > t.limit.Requests {
		c.blockedUntil = now + window
	}
	if now < c.blockedUntil {
		set(h, "Retry-After-"+t.name, seconds(c.blockedUntil-now))
		return false
	}
	t.setHeaders(h, t.limit.Requests-c.hits, c.windowEnd-now)
	return true
}

// fail counts bad credentials, and tells whether the answer may say so. At the limit a block begins.
func (t *throttle) recordFailure(h http.Header, party string, now millis) bool {
	if !t.limit.enabled() {
		return true
	}
	window := millis(t.limit.Window / time.Millisecond)
	c := t.counter(party)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+window
	}
	c.hits++
	t.setHeaders(h, max(t.limit.Requests-c.hits, 0), c.windowEnd-now)
	if c.hits >= t.limit.Requests {
		c.blockedUntil = now + window
	}
	return !t.blocked(h, party, now)
}

// refused tells whether a party is blocked, whatever it sends.
func (t *throttle) blocked(h http.Header, party string, now millis) bool {
	c, ok := t.counters[party]
	if !ok || now >= c.blockedUntil {
		return false
	}
	t.setHeaders(h, 0, c.blockedUntil-now)
	set(h, "Retry-After", seconds(c.blockedUntil-now))
	return true
}

func (t *throttle) counter(party string) *requestCounter {
	if t.counters == nil {
		t.counters = map[string]*requestCounter{}
	}
	c, ok := t.counters[party]
	if !ok {
		c = &requestCounter{}
		t.counters[party] = c
	}
	return c
}

func (t *throttle) setHeaders(h http.Header, left int, reset millis) {
	set(h, "X-RateLimit-Limit-"+t.name, strconv.Itoa(t.limit.Requests))
	set(h, "X-RateLimit-Remaining-"+t.name, strconv.Itoa(left))
	set(h, "X-RateLimit-Reset-"+t.name, seconds(reset))
}

// seconds is a span in whole seconds, rounded up.
func seconds(span millis) string { return strconv.FormatInt(int64((span+second-1)/second), 10) }
