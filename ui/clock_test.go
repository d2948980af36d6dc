package ui

import (
	"container/heap"
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// testClock is a clock that stands still until a test moves it.
type testClock struct {
	now    time.Time
	timers timerHeap
	order  int
}

type timer struct {
	at    time.Time
	order int
	msg   tea.Msg
}

type timerHeap []timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if !h[i].at.Equal(h[j].at) {
		return h[i].at.Before(h[j].at)
	}
	return h[i].order < h[j].order
}
func (h timerHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *timerHeap) Push(x any)   { *h = append(*h, x.(timer)) }
func (h *timerHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (c *testClock) Now() time.Time { return c.now }

// sleep lets time pass without timers, for a client that waits.
func (c *testClock) sleep(ctx context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	return ctx.Err()
}

func latest(x, y time.Time) time.Time {
	if x.After(y) {
		return x
	}
	return y
}

// After sets a timer when the command is run; the harness lets it ring.
func (c *testClock) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg {
		c.order++
		heap.Push(&c.timers, timer{at: c.now.Add(d), order: c.order, msg: msg})
		return nil
	}
}
