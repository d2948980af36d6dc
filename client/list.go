package client

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"daytona/snapdeck/model"
)

const (
	pageSize      = 200 // the API's maximum
	snapshotsPath = "/snapshots"
	maxParallel   = 4
	maxPages      = 5000 // a million snapshots; a higher count is a server error
	maxPasses     = 3
	reportQueue   = 64 // reports of progress that may wait while one is handled
	// maxWait is how long one List may wait in total because other clients use the
	// rate limit.
	maxWait = 5 * time.Minute
)

// List returns all snapshots and reports progress after every page. It does not retry, because
// callers poll. For a page that is unchanged since the last List, the server only sends a 304
// without a body.
//
// Snapshots can be created and deleted while pages are read. Pages are sorted
// newest first: a new snapshot pushes others to later pages, where they are seen
// twice, which is harmless. A deleted one pulls others to pages that were already
// read, where they would be missed. List detects this by the total that each page
// contains: if it changes, or if fewer snapshots are found, the list is read
// again, at most twice, and the results are merged.
//
// A long list waits for the budget of polling ([Client.Budget]), and reports how much
// time is left. It also waits while other clients have left less than a quarter of the
// rate limit, at most five minutes in total.
//
// progress may be nil. It is called on the calling goroutine, while further pages are read.
func (c *Client) List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error) {
	f := &pageFetch{client: c, log: &c.requests}
	found, err := f.runReporting(ctx, progress)
	listing := model.Listing{Requests: int(f.requests.Load()), ClockSkew: time.Duration(c.skew.Load())}
	if err != nil {
		return listing, err
	}
	c.pages.trim(found.pages)
	listing.Snapshots, listing.Skipped, listing.Incomplete = found.rows, found.skipped, found.incomplete()
	return listing, nil
}

// pageFetch is one call of List or Check.
type pageFetch struct {
	client   *Client
	log      *requestLog               // in which its requests are reserved
	reports  chan<- model.ListProgress // nil for none
	requests atomic.Int64
	waited   time.Duration
}

// runReporting is run with reports to progress. Reading does not wait for progress, which
// may take much longer than a page.
func (f *pageFetch) runReporting(ctx context.Context, progress func(model.ListProgress)) (found *pass, err error) {
	if progress == nil {
		return f.run(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var panicked string
	reports := make(chan model.ListProgress, reportQueue)
	f.reports = reports
	go func() {
		defer close(reports)
		defer func() {
			if p := recover(); p != nil {
				panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack())
			}
		}()
		found, err = f.run(ctx)
	}()
	for r := range reports {
		progress(r)
	}
	if panicked != "" {
		panic(panicked)
	}
	return found, err
}

// pass is the result of reading all pages once.
type pass struct {
	rows         []*model.Snapshot
	position     map[string]int // id -> index in rows
	pages        int            // pages read
	last         int            // number of the last page, 0 before the first one was read
	found        int            // items of this pass, with skipped ones
	total        int            // the latest total, -1 if unknown
	badTotal     *string        // the latest impossible total, nil for none
	totalChanged bool           // during this pass
	skipped      []error        // one per skipped item
}

// run reads all pages until one pass is consistent.
func (f *pageFetch) run(ctx context.Context) (*pass, error) {
	var merged *pass
	for n := 1; ; n++ {
		p, err := f.fetchPass(ctx)
		f.reports = nil // only the first pass reports progress
		if err != nil {
			if merged != nil && ctx.Err() == nil {
				return merged, nil // a further pass is optional
			}
			return nil, err
		}
		if p.consistent() {
			return p, nil
		}
		added := p.merge(merged)
		merged = p
		done := n > 1 && (added == 0 || p.complete())
		if done || n == maxPasses || f.client.freePages() < p.pages {
			return merged, nil
		}
	}
}

// consistent reports whether no snapshot can be missing.
func (p *pass) consistent() bool { return !p.totalChanged && p.complete() && !p.exceedsTotal() }

// exceedsTotal reports whether the server sent more items than it counts, although the
// list did not change.
func (p *pass) exceedsTotal() bool { return !p.totalChanged && p.total >= 0 && p.found > p.total }

// incomplete returns why the list may be incomplete, nil if it is complete.
func (p *pass) incomplete() *model.IncompleteList {
	sent := len(p.rows) + len(p.skipped)
	switch {
	case p.badTotal != nil:
		return &model.IncompleteList{Total: *p.badTotal, Sent: sent}
	case !p.complete() || p.exceedsTotal():
		return &model.IncompleteList{Total: strconv.Itoa(p.total), Sent: sent}
	default:
		return nil
	}
}

// complete reports whether at least as many items were found as the server counts.
func (p *pass) complete() bool { return len(p.rows)+len(p.skipped) >= p.total }

// merge adds the snapshots that only the earlier pass found. It returns how many
// snapshots the earlier pass did not find.
func (p *pass) merge(earlier *pass) int {
	if earlier == nil {
		return len(p.rows)
	}
	added := 0
	for id := range p.position {
		if _, ok := earlier.position[id]; !ok {
			added++
		}
	}
	for _, row := range earlier.rows {
		if _, ok := p.position[row.ID]; !ok {
			p.position[row.ID] = len(p.rows)
			p.rows = append(p.rows, row)
		}
	}
	return added
}

// fetchPass reads the first page, which contains the number of pages, then the
// others in parallel.
func (f *pageFetch) fetchPass(ctx context.Context) (*pass, error) {
	p := &pass{position: make(map[string]int)}
	if _, err := f.reserve(ctx, p, 1, 0); err != nil {
		return nil, err
	}
	first, err := f.fetchPage(ctx, 1, func() {})
	if err != nil {
		return nil, err
	}
	p.total = first.total
	p.add(first)
	p.last = max(lastPage(first), p.nextPage(first))
	if p.last > 1 {
		f.client.fetchRateLimit(ctx)
	}
	f.report(ctx, p)
	err = f.fetchOthers(ctx, p)
	if errors.Is(err, errTooLargeTogether) && f.client.parallelPages() > 1 {
		f.client.onePage.Store(true) // each may be small enough
		err = f.fetchOthers(ctx, p)
	}
	if err != nil {
		return nil, err
	}
	p.found = len(p.rows) + len(p.skipped)
	return p, nil
}

// lastPage returns the number of the last page.
func lastPage(p *page) int {
	byTotal := (min(max(p.total, 0), maxPages*pageSize) + pageSize - 1) / pageSize
	return min(max(p.pages, byTotal), maxPages)
}

// nextPage returns the number of the next page if the server does not say how many there
// are and the latest one was full, else 0.
func (p *pass) nextPage(latest *page) int {
	full := len(latest.items)+len(latest.skipped) >= pageSize
	if latest.total >= 0 || latest.pages > 0 || !full || p.pages >= maxPages {
		return 0
	}
	return p.pages + 1
}

// add adds a page and returns how many of its items are new. If a snapshot occurs
// twice, the later version replaces the earlier one.
func (p *pass) add(page *page) int {
	p.pages++
	if page.badTotal != nil {
		p.badTotal = page.badTotal
	}
	if page.total >= 0 {
		p.totalChanged = p.totalChanged || p.total >= 0 && page.total != p.total
		p.total = page.total
	}
	p.skipped = append(p.skipped, page.skipped...)
	added := 0
	if len(page.items) == 0 {
		added = len(page.skipped) // a page of skipped items is not the end
	}
	for _, row := range page.items {
		i, seen := p.position[row.ID]
		switch {
		case !seen:
			p.position[row.ID] = len(p.rows)
			p.rows = append(p.rows, row)
			added++
		case p.rows[i] != row:
			p.rows = slices.Clone(p.rows) // progress reports share the old slice
			p.rows[i] = row
		}
	}
	return added
}

// report reports the progress of a pass.
func (f *pageFetch) report(ctx context.Context, p *pass) {
	if f.reports == nil {
		return
	}
	r := model.ListProgress{Snapshots: slices.Clip(p.rows), Total: max(p.total, len(p.rows)), Left: f.client.timeFor(p.last - p.pages)}
	select {
	case f.reports <- r:
	case <-ctx.Done():
	}
}
