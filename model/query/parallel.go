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
	// blockRows is how many rows are looked at between two looks at the context.
	blockRows = 4096
	// Below this many rows a second goroutine costs more than it brings.
	parallelRows = 2 * blockRows
)

// inParallel calls work for all of 0..n in blocks, on as many goroutines as there
// are processors. It returns ctx's error where that ended it early. A panic in
// work is raised again in the caller, who knows what to do about it.
func inParallel(ctx context.Context, n int, work func(from, to int)) error {
	workers := max(1, min(runtime.GOMAXPROCS(0), n/parallelRows))
	var others struct {
		sync.WaitGroup
		panicked atomic.Pointer[string]
	}
	for w := 1; w < workers; w++ {
		others.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					what := fmt.Sprintf("search: %v\n%s", r, debug.Stack())
					others.panicked.Store(&what)
				}
			}()
			_ = inBlocks(ctx, n*w/workers, n*(w+1)/workers, work) // the caller sees ctx too
		})
	}
	err := inBlocks(ctx, 0, n/workers, work)
	others.Wait()
	if what := others.panicked.Load(); what != nil {
		panic(*what)
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
