package ui

import (
	"testing"
	"time"
)

func TestDurations(t *testing.T) {
	cases := []struct {
		in         time.Duration
		age, short string
	}{
		{-time.Second, "0s", "0s"},
		{42 * time.Second, "42s", "42s"},
		{59*time.Minute + 59*time.Second, "59m", "59m59s"},
		{63 * time.Minute, "1h", "1h03m"},
		{26 * time.Hour, "1d", "1d"},
		{400 * day, "400d", "400d"},
		{106751 * day, "292y", "292y"},
	}
	for _, c := range cases {
		if got := age(c.in); got != c.age {
			t.Errorf("age(%v) = %s, want %s", c.in, got, c.age)
		}
		if got := shortDuration(c.in); got != c.short {
			t.Errorf("shortDuration(%v) = %s, want %s", c.in, got, c.short)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 100000: "100,000", 1234567: "1,234,567", -5000: "-5,000", -500: "-500"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestShortRef(t *testing.T) {
	const digest = "3fa2c1d08b1e4c559a0e5b7d1f22e91c3fa2c1d08b1e4c559a0e5b7d1f22e91c"
	cases := map[string]string{
		"registry.daytona.io/daytona/daytona-" + digest + ":daytona": "daytona-3fa2…e91c:daytona",
		"docker.io/library/node:24.3-slim":                           "node:24.3-slim",
		"ubuntu@sha256:" + digest:                                    "ubuntu@sha256:3fa2…e91c",
		"deadbeef":                                                   "deadbeef",
		"":                                                           "",
	}
	for in, want := range cases {
		if got := shortRef(in); got != want {
			t.Errorf("shortRef(%q) = %q, want %q", in, got, want)
		}
	}
	ref := "a/daytona-" + digest + ":daytona"
	short := shortRef(ref)
	for _, at := range []int{2, 9, 10, 13, len(ref) - 1, len(ref) - 9} {
		moved := shortMatches(ref, []int{at})
		if len(moved) != 1 || short[moved[0]] != ref[at] {
			t.Errorf("the match at %d (%c) moved to %v", at, ref[at], moved)
		}
	}
	if moved := shortMatches(ref, []int{0, 20, 40}); moved != nil {
		t.Errorf("matches in what is left out moved to %v", moved)
	}
}
