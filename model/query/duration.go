package query

import (
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// parseDuration reads durations as people say them: 90s, 30m, 12h, 3d, 2w, 6mo,
// 1y, and several in a row as 1d12h. A month is 30 days and a year 365.
func parseDuration(text string) (time.Duration, bool) {
	const day = 24 * time.Hour
	units := map[string]time.Duration{
		"s": time.Second, "m": time.Minute, "h": time.Hour,
		"d": day, "w": 7 * day, "mo": 30 * day, "y": 365 * day,
	}
	var total float64
	for rest := strings.ToLower(text); rest != ""; {
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789."))
		letters := len(rest) - digits - len(strings.TrimLeft(rest[digits:], "abcdefghijklmnopqrstuvwxyz"))
		unit, ok := units[rest[digits:digits+letters]]
		n, err := strconv.ParseFloat(rest[:digits], 64)
		if !ok || err != nil {
			return 0, false
		}
		total += n * float64(unit)
		rest = rest[digits+letters:]
	}
	const tooLong = 1 << 62
	return time.Duration(total), text != "" && total < tooLong
}

// cutDuration reads a comparison and a duration. Without a comparison it means
// "at most": age:3d asks for what is at most three days old.
func cutDuration(value string) (comparison, time.Duration, bool) {
	c, rest := cutComparison(value)
	d, ok := parseDuration(rest)
	if c == "" {
		c = "<="
	}
	return c, d, ok
}

// since makes an alternative that compares the time that passed since a moment,
// which some snapshots do not have.
func since(c comparison, d time.Duration, moment func(*model.Snapshot) (time.Time, bool)) alternative {
	return alternative{bind: func(sc scope) (test, string) {
		return func(s *model.Snapshot) bool {
			at, ok := moment(s)
			return ok && holds(sc.Now.Sub(at), c, d)
		}, ""
	}}
}

func parseAge(value string) (alternative, bool) {
	c, d, ok := cutDuration(value)
	return since(c, d, func(s *model.Snapshot) (time.Time, bool) { return s.CreatedAt.Get() }), ok
}

// parseUsed compares the time since the last use. A snapshot that was never used
// is as long unused as it exists, so it answers to > and >=, and never to < and
// <=, since it was not used then either.
func parseUsed(value string) (alternative, bool) {
	neverUsed := func(s *model.Snapshot) bool {
		return s.LastUsedAt.Presence == model.Null || s.LastUsedAt.Presence == model.Absent
	}
	if strings.EqualFold(value, "never") {
		return always(neverUsed), true
	}
	c, d, ok := cutDuration(value)
	return since(c, d, func(s *model.Snapshot) (time.Time, bool) {
		if neverUsed(s) && (c == ">" || c == ">=") {
			return s.CreatedAt.Get()
		}
		return s.LastUsedAt.Get()
	}), ok
}

// parseSleeps compares the time until the server deactivates an idle snapshot,
// which never happens to general ones and to those that are not active.
func parseTTL(value string) (alternative, bool) {
	never := strings.EqualFold(value, "never")
	c, d, ok := cutDuration(value)
	return alternative{bind: func(sc scope) (test, string) {
		return func(s *model.Snapshot) bool {
			sleep, sleeps := sc.store.DeactivatesAt(s, sc.Timeout)
			if never || !sleeps {
				return never && !sleeps
			}
			return holds(sleep.At.Sub(sc.Now), c, d)
		}, ""
	}}, ok || never
}
