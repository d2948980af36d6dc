package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"daytona/snapdeck/model"
)

// Named reads the snapshots whose name contains a part, without regard to case,
// in the order of the names: 200 at the most, in one request. The server takes %
// and _ for wildcards, so more may come than was asked for.
func (c *Client) SearchByName(ctx context.Context, part string) ([]*model.Snapshot, error) {
	req := request{
		method: http.MethodGet,
		path:   fmt.Sprintf("/snapshots?limit=%d&name=%s&order=asc&sort=name", pageSize, url.QueryEscape(part)),
	}
	a, err := c.do(ctx, req)
	if err != nil {
		return nil, err
	}
	p, err := decodePage(a.body, func([]byte) *model.Snapshot { return nil })
	if err == nil && len(p.skipped) > 0 {
		err = p.skipped[0] // it may be the one whose name is asked for
	}
	if err != nil {
		return nil, c.decodeError(req, a, err)
	}
	return p.items, nil
}
