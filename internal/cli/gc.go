package cli

import (
	"context"
	"runtime/debug"
	"sync/atomic"

	"daytona/snapdeck/client"
	"daytona/snapdeck/model"
)

// The heap of the dashboard is mostly snapshots, which stay. With the default GOGC it keeps
// as much again for garbage. Collecting earlier saves that, but a collection takes longer
// with more snapshots, and would delay the answer to a key.
const (
	lowGOGC     = 25
	defaultGOGC = 100
	lowGOGCRows = 20_000
)

// tunedAPI is an API that sets the garbage collector by the length of its lists.
type tunedAPI struct {
	*client.Client
	percent atomic.Int32 // as set, 0 for not yet
}

// List implements [ui.API].
func (t *tunedAPI) List(ctx context.Context, progress func(model.ListProgress)) (model.Listing, error) {
	return t.Client.List(ctx, func(p model.ListProgress) {
		t.tune(p.Total)
		if progress != nil {
			progress(p)
		}
	})
}

func (t *tunedAPI) tune(rows int) {
	percent := int32(defaultGOGC)
	if rows <= lowGOGCRows {
		percent = lowGOGC
	}
	if t.percent.Swap(percent) != percent {
		debug.SetGCPercent(int(percent))
	}
}
