package demo

import "container/heap"

// event is a scheduled change to the world.
type event struct {
	at  millis
	seq uint64 // events at the same time run in the order in which they were scheduled
	run func(now millis)
}

// eventQueue contains the scheduled events, the next one first.
type eventQueue struct {
	events []event
	seq    uint64
}

// schedule adds an event at time t.
func (q *eventQueue) schedule(t millis, run func(now millis)) {
	q.seq++
	heap.Push((*eventHeap)(&q.events), event{t, q.seq, run})
}

// pop removes and returns the next event if it is due at or before now.
func (q *eventQueue) pop(now millis) (event, bool) {
	if len(q.events) == 0 || q.events[0].at > now {
		return event{}, false
	}
	return heap.Pop((*eventHeap)(&q.events)).(event), true
}

type eventHeap []event

func (h eventHeap) Len() int { return len(h) }
func (h eventHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].seq < h[j].seq
}
func (h eventHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *eventHeap) Push(x any)   { *h = append(*h, x.(event)) }
func (h *eventHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = event{} // release the closure
	*h = old[:len(old)-1]
	return last
}
