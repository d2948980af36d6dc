package client

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

const (
	defaultRetryAfter = 30 * time.Second // for a 429 without a retry delay
	maxRetryAfter     = time.Hour        // longer delays count as this
	minRetryAfter     = time.Second      // for "Retry-After: 0" on a rejected request
	maxSeconds        = 1e9              // fits into a time.Duration
	maxCount          = 1 << 30          // a higher limit means unlimited
	maxReset          = 24 * time.Hour   // a later end of a window is invalid
	minUnixTime       = 1e9              // larger numbers are Unix times (2001 and later), not durations

	headerRate  = "X-Ratelimit-"
	headerRetry = "Retry-After"
	// The server has other counters for failed logins and anonymous requests.
	authenticatedCounter = "authenticated"
)

// rateLimit parses X-RateLimit-Limit, -Remaining and -Reset. The server appends a
// counter's name (X-RateLimit-Limit-authenticated), a gateway may not. The
// counter "authenticated" has priority, then headers without a suffix, then the
// counter with the fewest remaining requests. Values that are not numbers are ignored.
func rateLimit(h http.Header, now time.Time) model.RateLimit {
	var best model.RateLimit
	bestRank := -1
	for name := range h {
		suffix, ok := strings.CutPrefix(name, headerRate+"Limit")
		if !ok || suffix != "" && suffix[0] != '-' {
			continue
		}
		rate := parseRate(h, suffix, now)
		if !rate.Known {
			continue
		}
		rank := counterRank(suffix)
		if rank > bestRank || rank == bestRank && rate.Remaining < best.Remaining {
			best, bestRank = rate, rank
		}
	}
	return best
}

func counterRank(suffix string) int {
	switch {
	case strings.EqualFold(suffix, "-"+authenticatedCounter):
		return 2
	case suffix == "":
		return 1
	default:
		return 0
	}
}

func parseRate(h http.Header, suffix string, now time.Time) model.RateLimit {
	limit, okLimit := parseCount(h.Get(headerRate + "Limit" + suffix))
	remaining, okRemaining := parseCount(h.Get(headerRate + "Remaining" + suffix))
	if !okLimit || !okRemaining || limit == 0 {
		return model.RateLimit{}
	}
	reset, _ := parseSeconds(h.Get(headerRate+"Reset"+suffix), serverTime(h, now))
	if reset > maxReset {
		reset = 0
	}
	return model.RateLimit{Known: true, Limit: limit, Remaining: min(remaining, limit), Reset: reset}
}

func parseCount(value string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	return n, err == nil && n >= 0 && n <= maxCount
}

// parseSeconds parses a duration in seconds, or the Unix time that some gateways
// send instead.
func parseSeconds(value string, now time.Time) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(n) || n < 0 {
		return 0, false
	}
	if n >= minUnixTime {
		n -= float64(now.Unix())
	}
	return time.Duration(min(max(n, 0), maxSeconds) * float64(time.Second)), true
}

// retryAfter returns the longest delay of Retry-After and its variants with a
// counter's name (Retry-After-authenticated), in seconds or as an HTTP date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	var (
		longest time.Duration
		found   bool
	)
	for name, values := range h {
		suffix, ok := strings.CutPrefix(name, headerRetry)
		if !ok || suffix != "" && suffix[0] != '-' {
			continue
		}
		for _, value := range values {
			wait, ok := parseSeconds(value, serverTime(h, now))
			if at, err := http.ParseTime(value); err == nil {
				wait, ok = at.Sub(serverTime(h, now)), true
			}
			found = found || ok
			longest = max(longest, wait)
		}
	}
	return min(longest, maxRetryAfter), found
}

// serverTime returns the time of the Date header. Dates in other headers are
// compared with it, because the local clock may be wrong.
func serverTime(h http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}

// minSkew is the smallest difference between two clocks that is not just latency: Date
// has whole seconds.
const minSkew = 5 * time.Second

// clockSkew returns by how much the server's clock is ahead, 0 if they agree. ok is false
// if the response has no Date.
func clockSkew(h http.Header, now time.Time) (skew time.Duration, ok bool) {
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0, false
	}
	if skew = at.Sub(now).Round(time.Second); skew.Abs() < minSkew {
		skew = 0
	}
	return skew, true
}

// blockDuration returns how long no request may be sent after a 429.
func blockDuration(h http.Header, now time.Time) time.Duration {
	if wait, ok := retryAfter(h, now); ok {
		return max(wait, minRetryAfter)
	}
	if rate := rateLimit(h, now); rate.Known && rate.Reset > 0 {
		return min(max(rate.Reset, minRetryAfter), maxRetryAfter)
	}
	return defaultRetryAfter
}
