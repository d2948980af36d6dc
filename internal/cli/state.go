package cli

import (
	"os"
	"path/filepath"

	"daytona/snapdeck/internal/durable"
)

// state is the directory with the data that must survive a crash.
type state struct {
	dir       string
	temporary bool
	lock      *durable.Lock // of a temporary directory, nil if the file system has no locks
}

// openState returns the state directory. A demo gets a temporary one, because its
// journal is about a server that ends with the program. Those of killed demos are removed.
func (p *program) openState(demo bool) (state, error) {
	go removeDeadDemos(os.TempDir())
	if !demo {
		return state{dir: p.StateDir}, nil
	}
	return newDemoState(os.TempDir())
}

// rebuilds returns the directory of the rebuild journal.
func (s state) rebuilds() string { return filepath.Join(s.dir, "rebuilds") }

// close removes a temporary directory.
func (s state) close() {
	if s.temporary {
		removeDemo(s.dir, s.lock)
	}
}
