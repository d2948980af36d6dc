package ui

import (
	"regexp"
	"testing"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/mutation"
)

// The times of snapshots are by the server's clock, whatever ours says.
func TestTimesAreByTheServersClock(t *testing.T) {
	t.Parallel()
	for _, skew := range []time.Duration{-5 * time.Hour, 5 * time.Hour, 400 * 24 * time.Hour, -time.Minute} {
		h := newHarness(t, func(s *setup) { s.skew = skew })
		h.onState(mutation.Deactivate(), model.StateActive)
		name := h.cursor()
		h.press("I")
		h.press("y")
		h.advance(5 * time.Second)
		h.sees("deactivated " + name)
		h.press("A")
		h.sees("the server refuses it for 10 minutes after a change: 9m")
		h.press("enter")
		if line := regexp.MustCompile(`updated  +\S+ \S+Z  .*`).FindString(h.screen()); !regexp.MustCompile(`  \d+s ago`).MatchString(line) {
			t.Errorf("skew %v: %q", skew, line)
		}
	}
}
