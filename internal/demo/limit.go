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
	tallies map[string]*tally
}

type tally struct {
	hits               int
	windowEnd, blocked instant
}

// hit counts a request of that party, sets its headers and tells whether it may pass.
func (t *throttle) hit(h http.Header, party string, now instant) bool {
	if !t.limit.on() {
		return true
	}
	window := instant(t.limit.Window / time.Millisecond)
	c := t.tally(party)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+window
	}
	c.hits++
	if now >= c.blocked && c.hits > t.limit.Requests {
		c.blocked = now + window
	}
	if now < c.blocked {
		set(h, "Retry-After-"+t.name, seconds(c.blocked-now))
		return false
	}
	t.headers(h, t.limit.Requests-c.hits, c.windowEnd-now)
	return true
}

// fail counts bad credentials, and tells whether the answer may say so. At the limit a block begins.
func (t *throttle) fail(h http.Header, party string, now instant) bool {
	if !t.limit.on() {
		return true
	}
	window := instant(t.limit.Window / time.Millisecond)
	c := t.tally(party)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+window
	}
	c.hits++
	t.headers(h, max(t.limit.Requests-c.hits, 0), c.windowEnd-now)
	if c.hits >= t.limit.Requests {
		c.blocked = now + window
	}
	return !t.refused(h, party, now)
}

// refused tells whether a party is blocked, whatever it sends.
func (t *throttle) refused(h http.Header, party string, now instant) bool {
	c, ok := t.tallies[party]
	if !ok || now >= c.blocked {
		return false
	}
	t.headers(h, 0, c.blocked-now)
	set(h, "Retry-After", seconds(c.blocked-now))
	return true
}

func (t *throttle) tally(party string) *tally {
	if t.tallies == nil {
		t.tallies = map[string]*tally{}
	}
	c, ok := t.tallies[party]
	if !ok {
		c = &tally{}
		t.tallies[party] = c
	}
	return c
}

func (t *throttle) headers(h http.Header, left int, reset instant) {
	set(h, "X-RateLimit-Limit-"+t.name, strconv.Itoa(t.limit.Requests))
	set(h, "X-RateLimit-Remaining-"+t.name, strconv.Itoa(left))
	set(h, "X-RateLimit-Reset-"+t.name, seconds(reset))
}

// seconds is a span in whole seconds, rounded up.
func seconds(span instant) string { return strconv.FormatInt(int64((span+second-1)/second), 10) }
