package query

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

const (
	// blockRows is the number of rows between two checks of the context.
	blockRows = 4096
	// parallelRows is the number of rows that are worth a goroutine.
	parallelRows = 2 * blockRows
)

// inParallel calls work for blocks that cover [0, n), on one goroutine for each
// processor. It returns the error of ctx if that is done. A panic in work is raised
// again in the caller, so that the caller can recover it.
func inParallel(ctx context.Context, n int, work func(from, to int)) error {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/parallelRows))
	var (
		wg       sync.WaitGroup
		panicked atomic.Pointer[string]
	)
	for w := 1; w < workers; w++ {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					message := fmt.Sprintf("search: %v\n%s", r, debug.Stack())
					panicked.Store(&message)
				}
			}()
			_ = inBlocks(ctx, n*w/workers, n*(w+1)/workers, work) // the caller checks ctx too
		})
	}
	err := inBlocks(ctx, 0, n/workers, work)
	wg.Wait()
	if message := panicked.Load(); message != nil {
		panic(*message)
	}
	return err
}

func inBlocks(ctx context.Context, from, to int, work func(from, to int)) error {
	for ; from < to; from += blockRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		work(from, min(from+blockRows, to))
	}
	return ctx.Err()
}
