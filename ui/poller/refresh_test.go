package poller

import (
	"testing"
	"time"

	"daytona/snapdeck/model"
)

// held is a poller while the refresh key is held. Every poll costs the given number of
// requests and ends at once with err.
type held struct {
	poller    Poller
	budget    model.Budget
	cost      int
	err       *model.Error
	scheduled []time.Time
	manual    []time.Time
	sent      []time.Time // all requests
	most      int         // in any window
}

// run presses the key ten times a second.
func (h *held) run(d time.Duration) {
	for at := now(); at.Before(now().Add(d)); at = at.Add(100 * time.Millisecond) {
		if h.poller.Due(at) {
			h.poller.Start(at)
			h.end(at)
			h.scheduled = append(h.scheduled, at)
		}
		if wait, _ := h.poller.RefreshWait(at, h.budget); wait > 0 {
			continue
		}
		if _, ok := h.poller.Refresh(at); ok {
			h.end(at)
			h.manual = append(h.manual, at)
		}
	}
}

func (h *held) end(at time.Time) {
	for range h.cost {
		h.sent, h.budget.Sent = append(h.sent, at), append(h.budget.Sent, at)
	}
	for at.Sub(h.budget.Sent[0]) >= h.budget.Window {
		h.budget.Sent = h.budget.Sent[1:]
	}
	h.most = max(h.most, len(h.budget.Sent))
	if h.err != nil {
		h.poller.Failed(at, h.err)
		return
	}
	h.poller.Succeeded(at, model.Listing{Requests: h.cost})
	h.poller.Schedule(at, true, h.budget)
}

func TestHeldKeyKeepsToTheBudget(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		requests, cost int
		err            *model.Error
	}{
		"a page":              {25, 1, nil},
		"a page, unknown":     {59, 1, nil},
		"ten pages":           {25, 10, nil},
		"the whole budget":    {25, 22, nil},
		"a server error":      {25, 1, &model.Error{Code: model.ServerError}},
		"not the API":         {25, 1, &model.Error{Code: model.NotTheAPI}},
		"a very small budget": {1, 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := held{poller: New(5 * time.Second), budget: model.Budget{Requests: tc.requests, Window: time.Minute}, cost: tc.cost, err: tc.err}
			h.run(10 * time.Minute)
			if h.most > h.budget.ForPolls() {
				t.Errorf("%d requests in a minute, want at most %d", h.most, h.budget.ForPolls())
			}
			if all := len(h.scheduled) + len(h.manual); all < 9*max(1, h.budget.ForPolls()/tc.cost)/2 {
				t.Errorf("only %d polls in ten minutes", all)
			}
		})
	}
}

// A refused key is sent at most once in ten seconds, and the scheduled polls come as if
// no key were pressed.
func TestHeldKeyWithARefusedKey(t *testing.T) {
	t.Parallel()
	refused := &model.Error{Code: model.Unauthorized}
	h := held{poller: New(5 * time.Second), budget: model.Budget{Requests: 1000, Window: time.Minute}, cost: 1, err: refused}
	h.run(10 * time.Minute)
	for i, at := range h.sent[1:] {
		if pause := at.Sub(h.sent[i]); pause < 10*time.Second {
			t.Errorf("a refused key was sent again after %v", pause)
		}
	}
	alone := New(5 * time.Second)
	var want []time.Time
	for at := now(); at.Before(now().Add(10 * time.Minute)); at = at.Add(100 * time.Millisecond) {
		if alone.Due(at) {
			alone.Start(at)
			alone.Failed(at, refused)
			want = append(want, at)
		}
	}
	if len(h.scheduled) != len(want) || len(h.manual) < 20 {
		t.Fatalf("%d scheduled polls, want %d, and %d refreshes", len(h.scheduled), len(want), len(h.manual))
	}
	for i, at := range h.scheduled {
		if !at.Equal(want[i]) {
			t.Errorf("poll %d came after %v, want %v", i, at.Sub(now()), want[i].Sub(now()))
		}
	}
}

// A refresh that fails does not lengthen the pause of the scheduled polls.
func TestFailedRefreshKeepsThePause(t *testing.T) {
	t.Parallel()
	for _, code := range []model.ErrorCode{model.Network, model.ServerError, model.Forbidden, model.NotTheAPI} {
		p := failedWith(code, 3)
		next := p.Status().Next
		for i := range 20 {
			at := now().Add(time.Duration(i) * 100 * time.Millisecond)
			p.Refresh(at)
			p.Failed(at, &model.Error{Code: code})
		}
		if got := p.Status().Next; !got.Equal(next) {
			t.Errorf("%s: the next poll moved by %v", code, got.Sub(next))
		}
		p.Start(next)
		p.Failed(next, &model.Error{Code: code})
		if wait := p.Status().Next.Sub(next); wait > 30*time.Second {
			t.Errorf("%s: the pause is %v", code, wait)
		}
	}
	p := failedWith(model.Network, 1)
	p.Refresh(now())
	p.Failed(now(), &model.Error{Code: model.RateLimited, RetryAfter: time.Minute})
	if wait := p.Status().Next.Sub(now()); wait != time.Minute {
		t.Errorf("a rate limit is respected for %v", wait)
	}
}

func TestKeyRefused(t *testing.T) {
	t.Parallel()
	for code, want := range map[model.ErrorCode]bool{model.Unauthorized: true, model.Forbidden: false, model.Network: false} {
		p := failedWith(code, 1)
		if got := p.KeyRefused(); got != want {
			t.Errorf("%s: %t", code, got)
		}
		p.Start(now())
		p.Succeeded(now(), model.Listing{Requests: 1})
		if p.KeyRefused() {
			t.Errorf("%s: still refused after an answer", code)
		}
	}
}

func TestWhyARefreshWaits(t *testing.T) {
	t.Parallel()
	const share = "share of the rate limit used up"
	check := func(name string, p *Poller, budget model.Budget, wait time.Duration, reason string) {
		t.Helper()
		got, gotReason := p.RefreshWait(now(), budget)
		if got != wait || wait > 0 && gotReason != reason {
			t.Errorf("%s: %v, %q, want %v, %q", name, got, gotReason, wait, reason)
		}
	}
	check("limited", failedWith(model.RateLimited, 1), unlimited(), time.Minute, "rate limited")
	check("refused", failedWith(model.Unauthorized, 1), unlimited(), 10*time.Second, "key refused")
	check("offline", failedWith(model.Network, 1), unlimited(), 0, "")
	p := New(time.Minute)
	check("start", &p, unlimited(), 0, "")
	p.Start(now())
	p.Succeeded(now(), model.Listing{Requests: 1})
	budget := model.Budget{Requests: 4, Window: time.Minute, Sent: []time.Time{now().Add(-50 * time.Second), now()}}
	p.Schedule(now(), false, budget)
	check("two of four used", &p, budget, 10*time.Second, share)
	budget.Sent = budget.Sent[1:]
	check("one of four used", &p, budget, 0, "")
	budget.Sent = []time.Time{now(), now()}
	check("just used", &p, budget, time.Minute, share)
	p.TogglePause()
	check("just used, paused", &p, budget, time.Minute, share)
}
