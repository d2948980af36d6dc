package cli

import (
	"os"
	"path/filepath"
)

// state is where a run of the dashboard keeps what must outlive a crash.
type state struct {
	dir  string
	demo bool // it lasts no longer than the run
}

// openState finds the folder. A demo gets one of its own that goes with it: what
// it leaves half-way belongs to a server that does not exist any more.
func (p *program) openState(demo bool) (state, error) {
	if !demo {
		return state{dir: p.StateDir}, nil
	}
	dir, err := os.MkdirTemp("", name+"-demo-")
	return state{dir: dir, demo: true}, err
}

// rebuilds is the folder of the journal.
func (s state) rebuilds() string { return filepath.Join(s.dir, "rebuilds") }

// close removes what shall not last.
func (s state) close() {
	if s.demo {
		_ = os.RemoveAll(s.dir) // it is of no use to anybody, and the system empties its temporary folder
	}
}
