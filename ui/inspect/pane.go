package inspect

import (
	"image"
	"time"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/pager"
)

// Pane is the open tab of one snapshot, in a pager.
type Pane struct {
	Tabs     []Tab
	Open     int // index of the open tab
	pager    *pager.Pager
	shown    paneKey
	renderer *Renderer
}

// PaneInput is what a tab depends on besides its [Input].
type PaneInput struct {
	Reads  int // how often the organization or the use was read
	Logged int // bytes of the log that were received
	Log    func() Log
	LogKey string // the key that opens the build log
	UseKey string // the key that asks which sandboxes use it
}

// paneKey is what the lines in the pager depend on.
type paneKey struct {
	snapshot *model.Snapshot
	tab      int
	size     image.Point
	second   int64 // for tabs that show times
	reads    int
	changed  time.Time // time of the latest transition
	busy     bool      // an action on it is running
	missing  bool      // the last poll did not list it
	events   int       // of a running rebuild
	logged   int
}

// NewPane returns a pane that shows nothing yet.
func NewPane() *Pane {
	return &Pane{Tabs: Tabs(), pager: &pager.Pager{}, renderer: NewRenderer()}
}

// Pager returns the pager with the text of the open tab.
func (p *Pane) Pager() *pager.Pager { return p.pager }

// Tab returns the open tab.
func (p *Pane) Tab() Tab { return p.Tabs[p.Open] }

// SwitchTab opens the next tab, or the previous one.
func (p *Pane) SwitchTab(by int) { p.Open = (p.Open + by + len(p.Tabs)) % len(p.Tabs) }

// Update updates the lines of the open tab when what they depend on has changed. It keeps
// the scroll position unless the snapshot or the tab is another one. The input needs neither
// a width nor a log. A nil snapshot leaves the pane empty.
func (p *Pane) Update(in Input, size image.Point, out PaneInput) {
	p.pager.SetSize(size.X, size.Y)
	key := p.key(in, size, out)
	if key == p.shown {
		return
	}
	s := in.Snapshot
	other := p.shown.tab != key.tab || s == nil || p.shown.snapshot == nil || p.shown.snapshot.ID != s.ID
	p.shown = key
	if s == nil {
		p.pager.SetLines(nil)
		return
	}
	in.Width, in.LogKey, in.UseKey, in.Log = size.X, out.LogKey, out.UseKey, out.Log()
	p.pager.SetNumbers(p.Tab().LineNumbers && p.renderer.hasDockerfile(s))
	p.pager.SetSource(p.Tab().Show(p.renderer, in))
	if other {
		p.pager.Top()
	}
}

func (p *Pane) key(in Input, size image.Point, out PaneInput) paneKey {
	key := paneKey{snapshot: in.Snapshot, tab: p.Open, size: size, reads: out.Reads, logged: out.Logged}
	if p.Tab().Live {
		key.second = in.View.Now.Unix()
	}
	if s := in.Snapshot; s != nil {
		key.changed, _ = in.View.History.Since(s.ID)
		key.missing = in.View.Data.Store.Missing(s.ID)
		if op := in.View.Pending[s.ID]; op != nil {
			key.busy, key.events = true, op.Events
		}
	}
	return key
}
