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

// fail counts bad credentials. The first ones are answered as what they are and bear the count; from the limit
// on all requests of the party are refused, as refused tells, until the window is over.
func (t *throttle) fail(h http.Header, party string, now instant) bool {
	if !t.limit.on() {
		return true
	}
	c := t.tally(party)
	if now >= c.windowEnd {
		c.hits, c.windowEnd = 0, now+instant(t.limit.Window/time.Millisecond)
	}
	c.hits++
	if t.refused(h, party, now) {
		return false
	}
	t.headers(h, t.limit.Requests-c.hits, c.windowEnd-now)
	return true
}

func (t *throttle) refused(h http.Header, party string, now instant) bool {
	c := t.tally(party)
	if now >= c.windowEnd || c.hits == 0 {
		return false
	}
	left := t.limit.Requests - c.hits
	if left <= 0 {
		t.headers(h, 0, c.windowEnd-now)
		set(h, "Retry-After", seconds(c.windowEnd-now))
		return true
	}
	return false
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
