package query

import (
	"strconv"
	"strings"
	"time"

	"daytona/snapdeck/model"
)

// ParseDuration parses 90s, 30m, 12h, 3d, 2w, 6mo, 1y, and sums such as 1d12h. A
// month is 30 days and a year 365.
func ParseDuration(text string) (time.Duration, bool) {
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

// parseDurationBound parses an operator and a duration. Without an operator it means
// "at most": age:3d matches what is at most three days old.
func parseDurationBound(value string) (operator, time.Duration, bool) {
	op, rest := cutOperator(value)
	d, ok := ParseDuration(rest)
	if op == "" {
		op = "<="
	}
	return op, d, ok
}

// elapsed returns a value that compares the time since a moment with d. It does not
// match snapshots without that moment.
func elapsed(op operator, d time.Duration, moment func(*model.Snapshot) (time.Time, bool)) fieldValue {
	return fieldValue{bind: func(e env) (predicate, string) {
		return func(s *model.Snapshot) bool {
			at, ok := moment(s)
			return ok && compare(e.Now.Sub(at), op, d)
		}, ""
	}}
}

func parseAge(value string) (fieldValue, bool) {
	op, d, ok := parseDurationBound(value)
	return elapsed(op, d, func(s *model.Snapshot) (time.Time, bool) { return s.CreatedAt.Get() }), ok
}

// parseUsed compares the time since the last use. A snapshot that was never used has
// been unused since its creation: > and >= compare its age, < and <= do not match.
func parseUsed(value string) (fieldValue, bool) {
	neverUsed := func(s *model.Snapshot) bool {
		return s.LastUsedAt.Presence == model.Null || s.LastUsedAt.Presence == model.Absent
	}
	if strings.EqualFold(value, "never") {
		return snapshotOnly(neverUsed), true
	}
	op, d, ok := parseDurationBound(value)
	return elapsed(op, d, func(s *model.Snapshot) (time.Time, bool) {
		if neverUsed(s) && (op == ">" || op == ">=") {
			return s.CreatedAt.Get()
		}
		return s.LastUsedAt.Get()
	}), ok
}

// parseTTL compares the time until the server deactivates an unused snapshot. It
// never deactivates general snapshots and those that are not active.
func parseTTL(value string) (fieldValue, bool) {
	never := strings.EqualFold(value, "never")
	op, d, ok := parseDurationBound(value)
	return fieldValue{bind: func(e env) (predicate, string) {
		return func(s *model.Snapshot) bool {
			deactivation, ok := e.store.DeactivatesAt(s, e.Timeout)
			if never || !ok {
				return never && !ok
			}
			return compare(deactivation.At.Sub(e.Now), op, d)
		}, ""
	}}, ok || never
}
