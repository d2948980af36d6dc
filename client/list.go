package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"daytona/snapdeck/model"
)

const (
	pageSize      = 200 // the most that the API allows
	parallelPages = 4
	maxPages      = 5000 // a million snapshots; more is a server that counts wrongly
	maxPasses     = 3
	// maxWait is how long one list may wait for the rate limit, all in all.
	maxWait = 5 * time.Minute
)

// List reads all snapshots and reports after every step how far it has come. It
// is what a poll does, so nothing in it is retried; a page that has not changed
// since the last list costs an empty 304.
//
// Pages are read while rows come and go, so a row can slip from a page that is
// still to be read onto one that was read already, and be lost. The order is
// newest first, which makes this rare and visible: a new snapshot comes before
// all others and pushes rows towards pages that are still to come, where they are
// seen twice; only a delete pulls rows back, and then the total that every page
// carries goes down, or fewer snapshots are found than it says. If that happens
// the list is read again, twice at the most, and what the rounds found is merged.
//
// A big list leaves a quarter of the rate limit to the organization's other
// clients: it waits until the server's window is over, five minutes at the most.
//
// progress may be nil. It is called from the calling goroutine.
func (c *Client) List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error) {
	s := &pageFetch{client: c, progress: progress}
	found, err := s.run(ctx)
	listing := model.Listing{Requests: int(s.requests.Load()), Rate: c.Rate()}
	if err != nil {
		return listing, err
	}
	c.pages.keep(found.pages)
	listing.Snapshots, listing.Skipped = found.rows, found.skipped
	return listing, nil
}

// sweep is one call of List.
type pageFetch struct {
	client   *Client
	progress func(model.ListProgress)
	requests atomic.Int64
	waited   time.Duration
}

// round is one reading of all pages.
type pass struct {
	rows         []*model.Snapshot
	position     map[string]int // id -> row
	pages        int            // pages that were read
	total        int            // the newest total
	totalChanged bool           // the total changed on the way
	skipped      []error        // why items are left out, one for each
}

// read reads rounds until one was steady.
func (s *pageFetch) run(ctx context.Context) (*pass, error) {
	var all *pass
	for i := 1; ; i++ {
		r, err := s.fetchPass(ctx)
		s.progress = nil // a second look has nothing to show that the first has not
		if err != nil {
			if all != nil && ctx.Err() == nil {
				// The second look is a courtesy; the first one stands.
				return all, nil
			}
			return nil, err
		}
		if r.consistent() {
			return r, nil
		}
		fresh := r.merge(all)
		all = r
		enough := i > 1 && (fresh == 0 || r.complete())
		if enough || i == maxPasses || requestBudget(s.client.Rate()) < r.pages {
			return all, nil
		}
	}
}

// steady reports whether the round can be trusted to be complete.
func (r *pass) consistent() bool { return !r.totalChanged && r.complete() }

// whole reports whether as many items were found as the server says there are.
func (r *pass) complete() bool { return len(r.rows)+len(r.skipped) >= r.total }

// merge adds what only the earlier round saw, and returns how many snapshots were
// not in that one.
func (r *pass) merge(earlier *pass) int {
	if earlier == nil {
		return len(r.rows)
	}
	fresh := 0
	for id := range r.position {
		if _, ok := earlier.position[id]; !ok {
			fresh++
		}
	}
	for _, row := range earlier.rows {
		if _, ok := r.position[row.ID]; !ok {
			r.position[row.ID] = len(r.rows)
			r.rows = append(r.rows, row)
		}
	}
	return fresh
}

// round reads the first page alone, since only it tells how many there are, and
// then the others, a few at a time.
func (s *pageFetch) fetchPass(ctx context.Context) (*pass, error) {
	first, err := s.fetchPage(ctx, 1)
	if err != nil {
		return nil, err
	}
	r := &pass{position: make(map[string]int), total: first.total}
	r.add(first)
	s.report(r)
	last := lastPage(first)
	for r.pages < last {
		n, err := s.waitForBudget(ctx, min(parallelPages, last-r.pages))
		if err != nil {
			return nil, err
		}
		pages, err := s.fetchPages(ctx, r.pages+1, n)
		if err != nil {
			return nil, err
		}
		fresh := 0
		for _, p := range pages {
			fresh += r.add(p)
		}
		s.report(r)
		if fresh == 0 {
			break // the end, or a server that always sends the same page
		}
	}
	return r, nil
}

// lastPage is the number of the last page, as far as this page tells.
func lastPage(p *page) int {
	byTotal := (max(p.total, 0) + pageSize - 1) / pageSize
	return min(max(p.pages, byTotal), maxPages)
}

// add takes a page in and returns how many of its items are new. Where a
// snapshot is seen twice the later look wins.
func (r *pass) add(p *page) int {
	r.pages++
	if p.total >= 0 {
		r.totalChanged = r.totalChanged || r.total >= 0 && p.total != r.total
		r.total = p.total
	}
	r.skipped = append(r.skipped, p.skipped...)
	fresh := 0
	if len(p.items) == 0 {
		fresh = len(p.skipped) // not the end
	}
	for _, row := range p.items {
		i, seen := r.position[row.ID]
		switch {
		case !seen:
			r.position[row.ID] = len(r.rows)
			r.rows = append(r.rows, row)
			fresh++
		case r.rows[i] != row:
			r.rows = slices.Clone(r.rows) // a progress report may still be read
			r.rows[i] = row
		}
	}
	return fresh
}

func (s *pageFetch) report(r *pass) {
	if s.progress != nil {
		s.progress(model.ListProgress{Snapshots: slices.Clip(r.rows), Total: max(r.total, len(r.rows))})
	}
}

// allowed is how many of the wanted requests may leave now. It waits while less
// than a quarter of the rate limit is left.
func (s *pageFetch) waitForBudget(ctx context.Context, wanted int) (int, error) {
	for {
		rate := s.client.Rate()
		n := requestBudget(rate)
		if n > 0 || rate.Reset <= 0 {
			return min(max(n, 1), wanted), nil
		}
		if s.waited+rate.Reset > maxWait {
			return 0, s.client.rateLimitError(rate.Reset)
		}
		s.waited += rate.Reset
		if s.client.sleep(ctx, rate.Reset) != nil {
			return 0, s.client.redact(&model.Error{Code: model.Canceled, Host: s.client.Host(), Message: "given up"}, ctx.Err())
		}
	}
}

// fetch reads n pages at the same time. The first error ends the others. A panic
// in one of its goroutines goes on in the caller, where it can be recovered.
func (s *pageFetch) fetchPages(ctx context.Context, from, n int) ([]*page, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		pages    = make([]*page, n)
		wait     sync.WaitGroup
		once     sync.Once
		err      error
		panicked string
	)
	fail := func(set func()) {
		once.Do(func() { set(); cancel() })
	}
	for i := range n {
		wait.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					fail(func() { panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack()) })
				}
			}()
			p, pageErr := s.fetchPage(ctx, from+i)
			if pageErr != nil {
				fail(func() { err = pageErr })
			}
			pages[i] = p
		})
	}
	wait.Wait()
	if panicked != "" {
		panic(panicked)
	}
	return pages, err
}

// page reads one page, from the cache where the server says that it is the same.
func (s *pageFetch) fetchPage(ctx context.Context, number int) (*page, error) {
	c := s.client
	req := request{
		method: http.MethodGet,
		path:   fmt.Sprintf("/snapshots?limit=%d&order=desc&page=%d&sort=createdAt", pageSize, number),
	}
	old, cached := c.pages.get(number)
	if cached {
		req.etag = old.etag
	}
	a, err := c.do(ctx, req)
	if e, failed := errors.AsType[*model.Error](err); !failed || e.Sent {
		s.requests.Add(1)
	}
	if err != nil {
		return nil, err
	}
	if a.status == http.StatusNotModified {
		return old, nil
	}
	p, err := decodePage(a.body, c.pages.lookup)
	if err == nil && number == 1 && len(p.items) == 0 && len(p.skipped) > 0 {
		err = p.skipped[0]
	}
	if err != nil {
		return nil, c.decodeError(req, a, err)
	}
	p.etag = a.header.Get("ETag")
	c.pages.put(number, p)
	return p, nil
}
