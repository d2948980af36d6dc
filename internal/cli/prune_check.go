package cli

import (
	"context"
	"fmt"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/model/prune"
)

// pruneCheck asks again for state, use and protection just before each delete.
type pruneCheck struct {
	*session
	plan prune.Plan
	skew time.Duration // of the server's clock
}

// check returns why a snapshot stays after all: see [operate.Options].
func (c *pruneCheck) check(ctx context.Context, fresh *model.Snapshot) (string, error) {
	d := c.decision(fresh.ID)
	o := c.plan.Options
	o.Now = c.Now().Add(c.skew)
	cfg, _, err := c.readConfig(c.flags)
	switch {
	case err != nil:
		return fmt.Sprintf("whether it is protected is not known: %v", err), nil
	case readOnly(c.set, c.flags, cfg, c.source):
		return errReadOnly.Error(), nil
	}
	o.Protect = cfg.Protect
	uses, err := c.api.Sandboxes(ctx, fresh.Name)
	if model.CodeOf(err) == model.RateLimited {
		return "", err // then it waits
	}
	pools, err := c.api.WarmPools(ctx)
	if model.CodeOf(err) == model.RateLimited {
		return "", err
	}
	if reason := o.Recheck(d.Snapshot, fresh, uses[fresh.Name], pools, err); reason != "" {
		return reason, nil
	}
	return c.checkKeeper(ctx, d.Keeper)
}

// checkKeeper returns a reason if the newest member of the family is no longer what it was.
func (c *pruneCheck) checkKeeper(ctx context.Context, keeper *model.Snapshot) (string, error) {
	if keeper == nil {
		return "", nil
	}
	now, err := c.api.Get(ctx, keeper.ID)
	switch {
	case model.CodeOf(err) == model.NotFound, err == nil && now.ID != keeper.ID:
		return "the newest of its family was deleted: " + keeper.Name, nil
	case err != nil:
		return "", err
	case now.State != keeper.State:
		return fmt.Sprintf("the newest of its family is %s now: %s", now.State.Label(), keeper.Name), nil
	default:
		return "", nil
	}
}

// decision returns the decision on a snapshot that goes.
func (c *pruneCheck) decision(id string) prune.Decision {
	for _, d := range c.plan.Decisions {
		if d.Snapshot.ID == id {
			return d
		}
	}
	return prune.Decision{} // cannot happen: it was planned
}
