package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"

	"daytona/snapdeck/model"
)

// reserve returns how many of the wanted requests may be sent now. It waits while none
// may. Every reserved request must be sent by fetchPage.
func (f *pageFetch) reserve(ctx context.Context, p *pass, wanted int) (int, error) {
	c := f.client
	for {
		if wait := c.throttle.wait(c.now()); wait > 0 {
			return 0, c.rateLimitError(wait)
		}
		rate := c.Rate()
		left, wait := requestBudget(rate), rate.Reset
		switch {
		case p.last == 0 || wait <= 0:
			left = max(left, 1) // the first page is always requested
		case left == 0 && f.waited+wait > maxWait:
			return 0, c.rateLimitError(wait)
		case left == 0:
			f.waited += wait
		}
		if left > 0 {
			var n int
			if n, wait = c.reservePages(min(wanted, left)); n > 0 {
				return n, nil
			}
		}
		if p.last > 0 {
			f.report(p)
		}
		if c.sleep(ctx, wait) != nil {
			return 0, c.wrap(&model.Error{Code: model.Canceled, Host: c.host(request{}), Message: "canceled"}, ctx.Err())
		}
	}
}

// parallelPages returns how many pages may be read side by side.
func (c *Client) parallelPages() int {
	if c.onePage.Load() {
		return 1
	}
	return maxParallel
}

// fetchPages reads n pages in parallel. The first error cancels the others. A
// panic in a goroutine is raised again in the caller, where it can be recovered.
func (f *pageFetch) fetchPages(ctx context.Context, from, n int) ([]*page, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		pages    = make([]*page, n)
		wg       sync.WaitGroup
		once     sync.Once
		err      error
		panicked string
	)
	fail := func(set func()) {
		once.Do(func() { set(); cancel() })
	}
	for i := range n {
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					fail(func() { panicked = fmt.Sprintf("%v\n\n%s", p, debug.Stack()) })
				}
			}()
			page, pageErr := f.fetchPage(ctx, from+i)
			if pageErr != nil {
				fail(func() { err = pageErr })
			}
			pages[i] = page
		})
	}
	wg.Wait()
	if panicked != "" {
		panic(panicked)
	}
	return pages, err
}

// fetchPage reads one page, from the cache if the server responds with 304. Its request
// was reserved.
func (f *pageFetch) fetchPage(ctx context.Context, number int) (*page, error) {
	c := f.client
	req := request{
		method: http.MethodGet,
		path:   fmt.Sprintf(snapshotsPath+"?limit=%d&order=desc&page=%d&sort=createdAt", pageSize, number),
	}
	old, cached := c.pages.get(number)
	if cached {
		req.etag = old.etag
	}
	res, err := c.do(ctx, req)
	e, failed := errors.AsType[*model.Error](err)
	sent := !failed || e.Sent
	c.requests.end(c.now(), sent)
	if sent {
		f.requests.Add(1)
	}
	if err != nil {
		return nil, err
	}
	if res.status == http.StatusNotModified {
		return old, nil
	}
	p, err := decodePage(res.body, c.pages.lookup)
	if err == nil && number == 1 && len(p.items) == 0 && len(p.skipped) > 0 && !errors.Is(p.skipped[0], model.ErrNoID) {
		err = p.skipped[0] // these are no snapshots
	}
	if err != nil {
		return nil, c.decodeError(req, res, err)
	}
	p.etag = res.header.Get("ETag")
	c.pages.put(number, p)
	return p, nil
}
