package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"daytona/snapdeck/model"
)

const (
	// maxWarmPools is how many pools an organization may have. A server with more is not a
	// real one.
	maxWarmPools = 1000
	// maxPoolSize is the largest size of a warm pool that is shown.
	maxPoolSize = 1_000_000
	// noWarmPoolsFor is how long a server without warm pools is not asked again.
	noWarmPoolsFor = time.Hour
)

// WarmPools returns the warm pools of the organization's snapshots. A server that does not know
// them (404, before 0.202) has none; it is not asked again for an hour. After an error there
// may be more pools than those returned.
func (c *Client) WarmPools(ctx context.Context) ([]model.WarmPool, error) {
	if until := c.noWarmPoolsUntil.Load(); until != nil && c.now().Before(*until) {
		return nil, nil
	}
	if err := c.budgetLeft(); err != nil {
		return nil, err
	}
	items, err := getList(ctx, c, "/warm-pools")
	if e, ok := errors.AsType[*model.Error](err); ok && e.Status == http.StatusNotFound {
		until := c.now().Add(noWarmPoolsFor)
		c.noWarmPoolsUntil.Store(&until)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if len(items) > maxWarmPools {
		return nil, c.unsentError(model.TooLarge, "too many warm pools")
	}
	var unread error
	pools := make([]model.WarmPool, 0, len(items))
	for _, raw := range items {
		var p struct { // not env, which may have secrets
			Snapshot model.Optional[string]  `json:"snapshot"`
			Target   model.Optional[string]  `json:"target"`
			Size     model.Optional[float64] `json:"pool"`
			Ready    model.Optional[float64] `json:"currentSize"`
			Reason   model.Optional[string]  `json:"errorReason"`
		}
		if json.Unmarshal(raw, &p) != nil || p.Snapshot.Value == "" {
			unread = c.unsentError(model.NotTheAPI, "the list of warm pools does not name their snapshots")
			continue
		}
		pools = append(pools, model.WarmPool{
			Snapshot: p.Snapshot.Value, RegionID: p.Target.Value,
			Size: poolSize(p.Size), Ready: poolSize(p.Ready), Reason: p.Reason.Value,
		})
	}
	return pools, unread
}

func poolSize(n model.Optional[float64]) int { return int(min(max(n.Value, 0), maxPoolSize)) }
