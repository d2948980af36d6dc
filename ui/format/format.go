// Package format formats numbers, durations and times for the screen.
package format

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const day = 24 * time.Hour

// absurd is longer than the time since anything. A duration cannot be longer than 292 years,
// so the time since the year 1 is not known.
const absurd = 100 * 365 * day

// skew is how much the clocks of a computer and the server may differ.
const skew = time.Minute

// Age formats a duration with its largest unit: 42s, 12m, 5h, 37d, 41y, >99y.
func Age(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < time.Minute:
		return strconv.Itoa(int(d/time.Second)) + "s"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	case d < day:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d < 10_000*day:
		return strconv.Itoa(int(d/day)) + "d"
	case d < absurd:
		return strconv.Itoa(int(d/day)/365) + "y" // a wrong clock: too long for its column in days
	default:
		return ">99y"
	}
}

// Wait formats a duration with up to two units, for something the user waits for: 8s, 4m12s,
// 1h03m.
func Wait(d time.Duration) string {
	d = max(d, 0).Round(time.Second)
	switch {
	case d < time.Minute || d >= day:
		return Age(d)
	case d < time.Hour:
		return fmt.Sprintf("%dm%02ds", int(d/time.Minute), int(d%time.Minute/time.Second))
	default:
		return fmt.Sprintf("%dh%02dm", int(d/time.Hour), int(d%time.Hour/time.Minute))
	}
}

// Timestamp formats a time in UTC to the second.
func Timestamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// Relative formats a time relative to now: "3d ago", "in 14d".
func Relative(t, now time.Time) string {
	if t.After(now) {
		return "in " + Age(t.Sub(now))
	}
	return Age(now.Sub(t)) + " ago"
}

// Elapsed formats the time since something happened, for a narrow column: "3d", or "–" if the
// server says that it happens in the future.
func Elapsed(t, now time.Time) string {
	if t.Sub(now) > skew {
		return "–"
	}
	return Age(now.Sub(t))
}

// Ago formats when something happened: "3d ago", or the date if it is in the future.
func Ago(t, now time.Time) string {
	if t.Sub(now) > skew {
		return t.UTC().Format(time.DateOnly)
	}
	return Age(now.Sub(t)) + " ago"
}

// Thousands formats a number with separators: 5,000.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// Exponent formats a number of no sensible size in few cells: 1e300.
func Exponent(v float64) string {
	return strings.NewReplacer("e+0", "e", "e+", "e").Replace(strconv.FormatFloat(v, 'e', 0, 64))
}

// Plural formats a number with a noun: "1 snapshot", "5,000 snapshots".
func Plural(n int, noun string) string { return Count(n, noun, noun+"s") }

// Count formats a count with the word for one or for many: "1 entry", "1,200 entries".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Seconds formats a short duration with one decimal: "4.1 s".
func Seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
