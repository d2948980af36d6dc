package client

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

const (
	// maxAhead is how many pages may be requested before the oldest of them is added, so
	// that a slow page does not stop the others.
	maxAhead = 2 * maxParallel
	// maxDecoding is how many pages may wait to be decoded while others are requested,
	// since their bodies take memory.
	maxDecoding = 2
)

// window requests the pages of a pass after those already read, a few in parallel. As soon
// as a response has arrived, the next page is requested and the response is decoded at the
// same time. Pages are added in their order.
type window struct {
	fetch *pageFetch
	pass  *pass

	parallel int           // how many requests may be in flight
	next     int           // the next page to request
	lastNew  int           // the last page with new items
	inFlight int           // requests without a response
	running  int           // pages that are requested or decoded
	early    map[int]*page // read before the pages in front of them
	events   chan pageEvent
	wait     sync.WaitGroup
}

// pageEvent is that a response has arrived, and then that its page is decoded.
type pageEvent struct {
	number   int
	decoded  bool
	page     *page
	err      error
	panicked string
}

// fetchOthers reads the pages after those already read. The first error cancels the other
// requests. A panic in a goroutine is raised again in the caller, where it can be
// recovered.
func (f *pageFetch) fetchOthers(ctx context.Context, p *pass) error {
	ctx, cancel := context.WithCancel(ctx)
	w := &window{
		fetch: f, pass: p, parallel: f.client.parallelPages(), next: p.pages + 1, lastNew: p.pages,
		early:  make(map[int]*page),
		events: make(chan pageEvent, 2*maxAhead), // so that no sender waits
	}
	defer w.wait.Wait()
	defer cancel()
	for {
		if err := w.fill(ctx); err != nil {
			return err
		}
		if w.running == 0 {
			return nil
		}
		e := <-w.events
		switch {
		case e.panicked != "":
			panic(e.panicked)
		case e.err != nil:
			return e.err
		case e.decoded:
			w.running--
			w.add(ctx, e)
		default:
			w.inFlight--
		}
	}
}

// fill requests pages until enough requests are in flight. It waits for the budget only
// while there are none.
func (w *window) fill(ctx context.Context) error {
	for {
		wanted := min(w.parallel-w.inFlight, w.room(), w.end()-w.next+1)
		if wanted <= 0 {
			return nil
		}
		n, err := w.fetch.reserve(ctx, w.pass, wanted, w.inFlight)
		if n == 0 || err != nil {
			return err
		}
		for range n {
			w.start(ctx)
		}
	}
}

// room returns how many more pages may be requested or decoded.
func (w *window) room() int {
	if w.parallel == 1 {
		return 1 - w.running // the pages are large
	}
	return w.parallel + maxDecoding - w.running
}

// end returns the last page that may be requested now. A server that repeats a page, or
// counts pages that do not exist, gets few requests.
func (w *window) end() int {
	ahead := maxAhead
	if w.lastNew <= 1 {
		ahead = maxParallel
	}
	return min(w.pass.last, w.lastNew+ahead)
}

// start requests and decodes the next page on another goroutine.
func (w *window) start(ctx context.Context) {
	e := pageEvent{number: w.next, decoded: true}
	w.next++
	w.inFlight++
	w.running++
	w.wait.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				e.panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
			}
			w.events <- e
		}()
		e.page, e.err = w.fetch.fetchPage(ctx, e.number, func() { w.events <- pageEvent{} })
	})
}

// add adds a page to the pass, and those after it that were read earlier.
func (w *window) add(ctx context.Context, e pageEvent) {
	w.early[e.number] = e.page
	for {
		page, ok := w.early[w.pass.pages+1]
		if !ok {
			return
		}
		delete(w.early, w.pass.pages+1)
		if w.pass.add(page) > 0 {
			w.lastNew = w.pass.pages
			w.pass.last = max(w.pass.last, w.pass.nextPage(page))
		}
		w.fetch.report(ctx, w.pass)
	}
}
