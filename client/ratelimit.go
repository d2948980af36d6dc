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
	defaultRetryAfter = 30 * time.Second // a 429 that does not say for how long
	maxRetryAfter     = 24 * time.Hour   // more than this is a mistake of the server
	minRetryAfter     = time.Second      // "retry after 0" was said by a server that just refused
	maxCount          = 1 << 30          // a limit above this is no limit
	minUnixTime       = 1e9              // from here on a number of seconds is a date (2001)

	headerRate  = "X-Ratelimit-"
	headerRetry = "Retry-After"
	// The counter that an accepted credential counts on. Others that the server
	// may tell of are those of failed log-ins and of requests without any.
	ownCounter = "authenticated"
)

// rateLimit reads X-RateLimit-Limit, -Remaining and -Reset. The server adds the
// counter's name to each (X-RateLimit-Limit-authenticated), a gateway in front of
// it may not: our own counter wins, then one without a name, then the one with
// the least left. Values that are no numbers are as good as absent.
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
	case strings.EqualFold(suffix, "-"+ownCounter):
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
	reset, _ := parseSeconds(h.Get(headerRate+"Reset"+suffix), now)
	return model.RateLimit{Known: true, Limit: limit, Remaining: min(remaining, limit), Reset: reset}
}

func parseCount(value string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(value))
	return n, err == nil && n >= 0 && n <= maxCount
}

// seconds reads a duration in seconds, or the Unix time that some gateways send
// in its place.
func parseSeconds(value string, now time.Time) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || math.IsNaN(n) || n < 0 {
		return 0, false
	}
	if n >= minUnixTime {
		n -= float64(now.Unix())
		if n > maxRetryAfter.Seconds() {
			return 0, false
		}
	}
	return time.Duration(min(max(n, 0), maxRetryAfter.Seconds()) * float64(time.Second)), true
}

// retryAfter is how long the server wants silence: the longest of Retry-After
// and its relatives with a counter's name (Retry-After-authenticated), in seconds
// or as an HTTP date.
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
			wait, ok := parseSeconds(value, now)
			if at, err := http.ParseTime(value); err == nil {
				wait, ok = min(at.Sub(serverTime(h, now)), maxRetryAfter), true
			}
			found = found || ok
			longest = max(longest, wait)
		}
	}
	return longest, found
}

// serverTime is what the server's clock shows, which a date in its headers is
// meant for; ours may be wrong.
func serverTime(h http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}

// blockFor is how long nothing may leave after a 429.
func retryDelay(h http.Header, now time.Time) time.Duration {
	if wait, ok := retryAfter(h, now); ok {
		return max(wait, minRetryAfter)
	}
	if rate := rateLimit(h, now); rate.Known && rate.Reset > 0 {
		return max(rate.Reset, minRetryAfter)
	}
	return defaultRetryAfter
}
