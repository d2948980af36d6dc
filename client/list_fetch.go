package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"daytona/snapdeck/model"
)

// reserve returns how many of the wanted requests may be sent now. If none may, it waits,
// or returns 0 while requests are in flight. Every reserved request must be sent by
// fetchPage.
func (f *pageFetch) reserve(ctx context.Context, p *pass, wanted, inFlight int) (int, error) {
	c := f.client
	for {
		if wait := c.throttle.wait(c.now()); wait > 0 {
			return 0, c.rateLimitError(wait)
		}
		rate := c.Rate()
		left, wait := requestBudget(rate)-inFlight, rate.Reset
		switch {
		case left <= 0 && inFlight > 0:
			return 0, nil // the responses tell more
		case p.last == 0 || wait <= 0:
			left = max(left, 1) // the first page is always requested
		case left == 0 && f.waited+wait > maxWait:
			return 0, c.rateLimitError(wait)
		case left == 0:
			f.waited += wait
		}
		if left > 0 {
			var n int
			if n, wait = c.reservePages(min(wanted, left)); n > 0 || inFlight > 0 {
				return n, nil
			}
		}
		if p.last > 0 {
			f.report(ctx, p)
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

// fetchPage reads one page, from the cache if the server responds with 304. Its request
// was reserved. It calls responded when the request has ended, before it decodes the page.
func (f *pageFetch) fetchPage(ctx context.Context, number int, responded func()) (*page, error) {
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
	f.log.end(c.now(), sent)
	if sent {
		f.requests.Add(1)
	}
	responded()
	if err != nil {
		return nil, err
	}
	defer c.bodies.reuse(res.body) // neither a page nor an error shares its memory
	if res.status == http.StatusNotModified {
		return old, nil
	}
	p, err := decodePage(res.body, c.pages)
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
