package cli

import (
	"sync"
	"time"

	"daytona/snapdeck/model"
)

// underway knows which rebuilds this run has begun and not brought to their end,
// so that the last words of the program can be about them.
type runningRebuilds struct {
	mu    sync.Mutex
	ended bool
	runs  map[string]chan struct{} // closed where the workflow has returned
}

// runE notes a rebuild, by the id of its snapshot or of its entry. The returned
// function is called with what came of it; false says that it must not begin.
func (u *runningRebuilds) start(id string) (ended func(model.RebuildResult), ok bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.ended {
		return nil, false
	}
	if u.runs == nil {
		u.runs = make(map[string]chan struct{})
	}
	returned := make(chan struct{})
	u.runs[id] = returned
	return func(result model.RebuildResult) {
		u.mu.Lock()
		defer u.mu.Unlock()
		close(returned)
		if result.Entry == "" {
			delete(u.runs, id)
		}
	}, true
}

// settle lets no more rebuilds begin and waits for those that run, whose context
// has ended, until they have written down how far they came. It returns those that
// did not come to their end; of one that does not return in time nobody knows.
func (u *runningRebuilds) stop(patience time.Duration) map[string]bool {
	u.mu.Lock()
	u.ended = true
	runs := make([]chan struct{}, 0, len(u.runs))
	for _, returned := range u.runs {
		runs = append(runs, returned)
	}
	u.mu.Unlock()
	late := time.After(patience)
wait:
	for _, returned := range runs {
		select {
		case <-returned:
		case <-late:
			break wait
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	left := make(map[string]bool, len(u.runs))
	for id := range u.runs {
		left[id] = true
	}
	return left
}
