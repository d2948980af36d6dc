package model

import (
	"testing"
	"time"
)

func TestBudget(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	ago := func(seconds ...int) []time.Time {
		var sent []time.Time
		for _, s := range seconds {
			sent = append(sent, now.Add(-time.Duration(s)*time.Second))
		}
		return sent
	}
	b := Budget{Requests: 5, Window: time.Minute, Sent: ago(90, 60, 59, 20, 0)}
	if got := b.Used(now); got != 3 {
		t.Errorf("%d requests count, want 3: the second is a whole window ago", got)
	}
	for used, want := range map[int]time.Duration{
		5: 0, 3: 0, 2: time.Second, 1: 40 * time.Second, 0: time.Minute, -7: time.Minute,
	} {
		got := b.Wait(now, used)
		if got != want {
			t.Errorf("at most %d count after %v, want %v", used, got, want)
		}
		if n := b.Used(now.Add(got)); n > max(used, 0) {
			t.Errorf("%d count after %v, want at most %d", n, got, used)
		}
	}
	for requests, want := range map[int]int{0: 1, 1: 1, 2: 1, 3: 2, 5: 3, 6: 3, 25: 22, 59: 56} {
		if got := (Budget{Requests: requests}).ForPolls(); got != want {
			t.Errorf("%d requests: %d are for polls, want %d", requests, got, want)
		}
	}
}
