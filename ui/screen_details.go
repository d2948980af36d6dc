package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/inspect"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// detail is the pane with the snapshot under the cursor.
type detail struct {
	tabs  []inspect.Tab
	open  int
	full  bool // fills the screen while it has the focus
	pager *pager.Pager
	shown detailKey

	renderer *inspect.Renderer
	noSplit  bool             // there is no room for table and details
	covers   bool             // it fills the screen
	tail     *buildlog.Stream // of the build that is shown, nil for none
	logKey   string           // what opens the build log
}

// detailKey is what the lines in the pager depend on.
type detailKey struct {
	snapshot     *model.Snapshot
	tab          int
	width        int
	height       int
	second       int64     // for tabs that show times
	orgInfoReads int       // counts reads of the regions
	changed      time.Time // time of the latest transition
	busy         bool      // an action on it is running
	missing      bool      // the last poll did not list it
	events       int       // of a running rebuild
	logged       int       // bytes of its log
}

func newDetail() *detail {
	return &detail{tabs: inspect.Tabs(), pager: &pager.Pager{}, renderer: inspect.NewRenderer()}
}

// switchTab opens the next tab, or the previous one.
func (d *detail) switchTab(by int) {
	d.open = (d.open + by + len(d.tabs)) % len(d.tabs)
}

// detailLayer is on the stack while the details have the keys.
type detailLayer struct {
	noInput
	app *App
}

func (*detailLayer) Scope() keys.Scope     { return keys.OnDetail }
func (l *detailLayer) Motion() keys.Motion { return l.app.detail.pager }
func (l *detailLayer) Pager() *pager.Pager { return l.app.detail.pager }

func (l *detailLayer) Draw(c *canvas.Canvas) {
	a := l.app
	if a.detail.covers {
		a.drawDetail(c)
	}
}

// openDetail shows the details in full screen, or in a pane if they are in full screen.
func (a *App) openDetail() tea.Cmd {
	if _, open := a.top().(*detailLayer); open {
		a.detail.full = !a.detail.full
		return nil
	}
	a.detail.full = true
	if _, below := find[*detailLayer](a.layerStack); below {
		a.pop() // the regions that cover them
		return nil
	}
	return a.push(&detailLayer{app: a})
}

// refuseFull returns why the details cannot be a pane.
func refuseFull(a *App) string {
	if a.detail.noSplit {
		return "no room for table and details · " + a.keyFor("back") + " back"
	}
	return ""
}

// focusDetail focuses the pane of the details, or opens them in full screen where there
// is no pane.
func (a *App) focusDetail() tea.Cmd {
	a.detail.full = false
	return a.push(&detailLayer{app: a})
}

// showTab opens a tab, and the details if they are not on the screen.
func (a *App) showTab(i int) tea.Cmd {
	a.detail.open = i
	if !a.screen.Detail.Empty() {
		return nil
	}
	return a.openDetail()
}

// scrollSideways scrolls the text or the regions by a step, or says why not.
func (a *App) scrollSideways(by int) {
	moved, reason := false, "nothing more on that side"
	switch l := a.top().(type) {
	case *regionsLayer:
		moved = l.scroll(by)
	case pagerLayer:
		p := l.Pager()
		if moved = p.ScrollX(by * 8); p.Wrapped() {
			reason = "long lines are wrapped · " + a.keyFor("text.wrap") + " cut lines"
		}
	}
	if !moved {
		a.toast.Show(dialog.Refused, reason, a.now)
	}
}

// toggleWrap wraps or cuts the long lines of the text on top. It says so, since none
// may be on the screen.
func (a *App) toggleWrap() tea.Cmd {
	l, ok := a.top().(pagerLayer)
	if !ok {
		return nil
	}
	p := l.Pager()
	p.ToggleWrap()
	if p.Wrapped() {
		a.toast.Show(dialog.Info, "long lines are wrapped", a.now)
	} else {
		a.toast.Show(dialog.Info, "long lines are cut at the edge", a.now)
	}
	return nil
}

// refreshDetail updates the lines of the open tab when what they depend on has changed.
// It keeps the scroll position unless the snapshot or the tab is another one.
func (a *App) refreshDetail() {
	d := a.detail
	body := a.screen.DetailBody
	if body.Empty() {
		return
	}
	inner := max(body.Dx()-2, 1)
	d.pager.SetSize(inner, body.Dy())
	s := a.selected()
	key := detailKey{snapshot: s, tab: d.open, width: inner, height: body.Dy(), orgInfoReads: a.state.orgInfoReads}
	open := d.tabs[d.open]
	if open.Live {
		key.second = a.now.Unix()
	}
	if s != nil {
		key.changed, _ = a.state.History.Since(s.ID)
		op := a.state.Pending[s.ID]
		key.busy, key.missing = op != nil, a.state.Data.Store.Missing(s.ID)
		if op != nil {
			key.events = op.Events
		}
	}
	if d.tail != nil {
		key.logged = d.tail.Received()
	}
	if key == d.shown {
		return
	}
	other := d.shown.tab != key.tab || s == nil || d.shown.snapshot == nil || d.shown.snapshot.ID != s.ID
	d.shown = key
	if s == nil {
		d.pager.SetLines(nil)
		return
	}
	d.pager.SetNumbers(open.LineNumbers && d.renderer.HasDockerfile(s))
	d.pager.SetSource(open.Show(d.renderer, inspect.Input{View: &a.state.ViewState, Snapshot: s, Width: inner, Log: a.logTail(s, inner), LogKey: d.logKey}))
	if other {
		d.pager.Top()
	}
}

// drawDetail draws name, tabs and the open tab.
func (a *App) drawDetail(c *canvas.Canvas) {
	s := a.selected()
	if s == nil {
		if !a.beforeFirstList() {
			c.Put(a.screen.DetailHead, text.Line{{Text: text.Lit(" no snapshot is selected"), Role: theme.Dim}})
		}
		return
	}
	c.Put(a.screen.DetailHead, a.detailHead().Lines(s)...)
	body := a.screen.DetailBody
	body.Min.X++
	c.Put(body, a.detail.pager.View()...)
}

// detailHead returns the heading of the details.
func (a *App) detailHead() inspect.Head {
	_, focused := a.top().(*detailLayer)
	return inspect.Head{Tabs: a.detail.tabs, Open: a.detail.open, Focused: focused, Size: a.screen.DetailHead.Size()}
}
