package format

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
		{35_000 * day, "95y", "95y"},
		{106751 * day, ">99y", ">99y"}, // the longest duration: year 1 is not 292 years ago
	}
	for _, c := range cases {
		if got := Age(c.in); got != c.age {
			t.Errorf("Age(%v) = %s, want %s", c.in, got, c.age)
		}
		if got := Wait(c.in); got != c.short {
			t.Errorf("Wait(%v) = %s, want %s", c.in, got, c.short)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 100000: "100,000", 1234567: "1,234,567", -5000: "-5,000", -500: "-500"} {
		if got := Thousands(n); got != want {
			t.Errorf("Thousands(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	for got, want := range map[string]string{
		Timestamp(now.In(time.FixedZone("", 7200))): "2026-07-01 12:00:00Z",
		Relative(now.Add(-72*time.Hour), now):       "3d ago",
		Relative(now.Add(14*time.Minute), now):      "in 14m",
		Relative(now, now):                          "0s ago",
		Relative(time.Time{}, now):                  ">99y ago",
		Ago(now.Add(-72*time.Hour), now):            "3d ago",
		Ago(now.Add(30*time.Second), now):           "0s ago", // the clocks differ
		Ago(now.Add(72*time.Hour), now):             "2026-07-04",
		Elapsed(now.Add(-72*time.Hour), now):        "3d",
		Elapsed(now.Add(30*time.Second), now):       "0s",
		Elapsed(now.Add(72*time.Hour), now):         "–",
		Seconds(4149 * time.Millisecond):            "4.1 s",
		Plural(1, "snapshot"):                       "1 snapshot",
		Plural(0, "line"):                           "0 lines",
		Plural(5000, "snapshot"):                    "5,000 snapshots",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
