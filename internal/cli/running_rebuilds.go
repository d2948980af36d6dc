package cli

import (
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// runningRebuilds are the rebuilds that this process started and that are running or
// unfinished. The program reports them when it exits.
type runningRebuilds struct {
	mu    sync.Mutex
	ended bool                     // no more can start
	runs  map[string]chan struct{} // by id of snapshot or entry; closed when the workflow returned
	ends  map[string]model.Outcome // of those that returned and left their entry
}

// start adds a rebuild by the id of its snapshot or entry. The caller calls ended with
// the result. ok is false if the program is exiting and the rebuild must not start.
func (u *runningRebuilds) start(id string) (ended func(model.RebuildResult), ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return nil, false
	}
	if u.runs == nil {
		u.runs, u.ends = make(map[string]chan struct{}), make(map[string]model.Outcome)
	}
	returned := make(chan struct{})
	u.runs[id] = returned
	return func(result model.RebuildResult) {
		u.mu.Lock()
		defer u.mu.Unlock()
		close(returned)
		u.ends[id] = result.Outcome
		if result.Entry == "" {
			delete(u.runs, id)
		}
	}, true
}

// stop prevents further starts and waits until the running rebuilds, whose context has
// ended, have updated the journal. It returns the outcomes of those that left their entry,
// "" for those that did not return within the timeout.
func (u *runningRebuilds) stop(timeout time.Duration) map[string]model.Outcome {
	u.mu.Lock()
	u.ended = true
	runs := make([]chan struct{}, 0, len(u.runs))
	for _, returned := range u.runs {
		runs = append(runs, returned)
	}
	u.mu.Unlock()
	expired := time.After(timeout)
wait:
	for _, returned := range runs {
		select {
		case <-returned:
		case <-expired:
			break wait
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	left := make(map[string]model.Outcome, len(u.runs))
	for id := range u.runs {
		left[id] = u.ends[id]
	}
	return left
}
