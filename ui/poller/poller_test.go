package poller

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

// unlimited is a budget that never delays a poll.
func unlimited() model.Budget { return model.Budget{Requests: 1_000_000, Window: time.Minute} }

// failedWith is a poller whose latest poll failed so often.
func failedWith(code model.ErrorCode, times int) *Poller {
	p := New(5 * time.Second)
	for range times {
		p.Start(now())
		p.Failed(now(), &model.Error{Code: code})
	}
	return &p
}

func TestOnlyOnePollIsInFlight(t *testing.T) {
	t.Parallel()
	p := New(5 * time.Second)
	first, ok := p.Start(now())
	if !ok || !p.Status().InFlight || !p.Status().Started.Equal(now()) || !p.Current(first) {
		t.Fatalf("the first poll is not in flight: %+v", p.Status())
	}
	if _, ok := p.Start(now()); ok || p.Due(now().Add(time.Hour)) {
		t.Fatal("a second poll may start while one is in flight")
	}
	p.Succeeded(now(), model.Listing{Requests: 1})
	second, ok := p.Start(now())
	if !ok || p.Current(first) || !p.Current(second) {
		t.Fatalf("generations %d, %d", first, second)
	}
}

func TestSuccessUpdatesTheStatus(t *testing.T) {
	t.Parallel()
	p := failedWith(model.Network, 3)
	if status := p.Status(); status.Err == nil || !status.Updated.IsZero() {
		t.Fatalf("after errors: %+v", status)
	}
	p.Start(now())
	p.Progress(now(), 200, 900, time.Minute)
	if status := p.Status(); status.Loaded != 200 || status.Total != 900 || !status.Complete.Equal(now().Add(time.Minute)) {
		t.Fatalf("while it loads: %+v", status)
	}
	skipped := []error{&model.Error{}}
	p.Succeeded(now().Add(time.Second), model.Listing{Requests: 1, Skipped: skipped})
	p.Schedule(now().Add(time.Second), false, unlimited())
	status := p.Status()
	if status.Err != nil || status.InFlight || !status.Updated.Equal(now().Add(time.Second)) || len(status.Skipped) != 1 {
		t.Fatalf("after an answer: %+v", status)
	}
	if wait := status.Next.Sub(status.Updated); wait != 10*time.Second {
		t.Fatalf("the next poll is due after %v", wait)
	}
}

func TestFailureKeepsTheTimeOfTheData(t *testing.T) {
	t.Parallel()
	p := New(5 * time.Second)
	p.Start(now())
	p.Succeeded(now(), model.Listing{Requests: 1})
	later := now().Add(time.Minute)
	p.Start(later)
	p.Failed(later, &model.Error{Code: model.Network})
	if status := p.Status(); !status.Updated.Equal(now()) || status.Err == nil || status.InFlight || !status.Next.Equal(later.Add(5*time.Second)) {
		t.Fatalf("%+v", status)
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	p := New(5 * time.Second)
	if !p.Due(now()) {
		t.Fatal("the first poll is not due at once")
	}
	p.Start(now())
	p.Succeeded(now(), model.Listing{Requests: 1})
	p.Schedule(now(), true, unlimited())
	at := now().Add(5 * time.Second)
	if p.Due(at.Add(-1)) || !p.Due(at) {
		t.Fatal("the poll is not due after exactly the interval")
	}
	if !p.TogglePause() || !p.Status().Paused || p.Due(at) {
		t.Fatal("a poll is due while polling is paused")
	}
	if p.TogglePause() || !p.Due(at) {
		t.Fatal("polling does not resume")
	}
}

func TestFloorIsAtLeastASecond(t *testing.T) {
	t.Parallel()
	p := New(0)
	p.Start(now())
	p.Succeeded(now(), model.Listing{})
	p.Schedule(now(), true, unlimited())
	if wait := p.Status().Next.Sub(now()); wait != time.Second {
		t.Fatalf("the next poll is due after %v", wait)
	}
}

func TestPollsWithoutFocusAreRarer(t *testing.T) {
	t.Parallel()
	p := New(5 * time.Second)
	for focused, want := range map[bool]time.Duration{false: 30 * time.Second, true: 5 * time.Second} {
		p.Focus(focused)
		p.Schedule(now(), true, unlimited())
		if wait := p.Status().Next.Sub(now()); wait != want {
			t.Errorf("focus is %t, the next poll is due after %v", focused, wait)
		}
	}
}

func TestRetryAfterIsForRateLimitsOnly(t *testing.T) {
	t.Parallel()
	for code, want := range map[model.ErrorCode]time.Duration{
		model.RateLimited:  time.Minute,
		model.Unauthorized: 0,
		model.Network:      0,
	} {
		p := failedWith(code, 1)
		if got := p.RetryAfter(now()); got != want {
			t.Errorf("after %q nothing may be sent for %v, want %v", code, got, want)
		}
	}
	p := failedWith(model.RateLimited, 1)
	if got := p.RetryAfter(now().Add(time.Hour)); got != 0 {
		t.Errorf("long after a rate limit nothing may be sent for %v", got)
	}
	fresh := New(time.Second)
	if got := fresh.RetryAfter(now()); got != 0 {
		t.Errorf("at the start nothing may be sent for %v", got)
	}
}

func TestRefusedKeyAfterAnOutageIsRetriedSoon(t *testing.T) {
	t.Parallel()
	for before, want := range map[model.ErrorCode]time.Duration{
		model.Network:      30 * time.Second,
		model.ServerError:  30 * time.Second,
		model.Unauthorized: 10 * time.Minute,
		model.Forbidden:    10 * time.Minute,
	} {
		p := failedWith(before, 9)
		p.Failed(now(), &model.Error{Code: model.Unauthorized})
		if wait := p.Status().Next.Sub(now()); wait != want {
			t.Errorf("a 401 after %q is retried after %v, want %v", before, wait, want)
		}
	}
}

func TestAnotherRateLimitSchedulesAgain(t *testing.T) {
	t.Parallel()
	budget := model.Budget{Requests: 25, Window: time.Minute}
	p := New(5 * time.Second)
	p.Start(now())
	if p.LimitChanged(budget) {
		t.Error("a poll in flight is scheduled")
	}
	p.Succeeded(now(), model.Listing{Requests: 22})
	p.Schedule(now(), true, budget)
	if wait := p.Status().Next.Sub(now()); wait != time.Minute {
		t.Errorf("22 of 25 requests a minute are repeated after %v", wait)
	}
	budget.Sent = []time.Time{now()}
	if p.LimitChanged(budget) {
		t.Error("the same limit schedules again")
	}
	budget.Requests = 50
	if !p.LimitChanged(budget) {
		t.Error("another limit does not schedule again")
	}
	if p := failedWith(model.Network, 1); p.LimitChanged(budget) {
		t.Error("the limit shortens the wait after an error")
	}
}
