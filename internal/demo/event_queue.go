package demo

import "container/heap"

// event is something that is going to happen to the world.
type event struct {
	at  millis
	seq uint64 // events of the same instant happen in the order in which they were foreseen
	run func(now millis)
}

// queue holds the events to come, the next one first.
type eventQueue struct {
	events []event
	seq    uint64
}

// at foresees that run happens at the instant t.
func (q *eventQueue) schedule(t millis, run func(now millis)) {
	q.seq++
	heap.Push((*eventHeap)(&q.events), event{t, q.seq, run})
}

// next takes the next event that is due at or before now.
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
	old[len(old)-1] = event{} // let go of the closure
	*h = old[:len(old)-1]
	return last
}
