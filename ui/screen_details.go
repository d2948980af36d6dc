package ui

import (
	"image"

	tea "github.com/charmbracelet/bubbletea"

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
	*inspect.Pane
	full    bool             // fills the screen while it has the focus
	noSplit bool             // there is no room for table and details
	covers  bool             // it fills the screen
	tail    *buildlog.Stream // of the build that is shown, nil for none
	logKey  string           // what opens the build log
	useKey  string           // what asks which sandboxes use it
	audit   inspect.Audit
}

// detailLayer is on the stack while the details have the keys.
type detailLayer struct {
	noInput
	app *App
}

func (*detailLayer) Scope() keys.Scope     { return keys.OnDetail }
func (l *detailLayer) Motion() keys.Motion { return l.app.detail.Pager() }
func (l *detailLayer) Pager() *pager.Pager { return l.app.detail.Pager() }

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

// refuseFull returns why the details cannot be a pane. back is the key that closes them.
func (d *detail) refuseFull(back string) string {
	if d.noSplit {
		return "no room for table and details · " + back + " back"
	}
	return ""
}

// focusDetail focuses the pane of the details, or opens them in full screen if there is
// no pane.
func (a *App) focusDetail() tea.Cmd {
	a.detail.full = false
	return a.push(&detailLayer{app: a})
}

// showTab opens a tab, and the details if they are not on the screen.
func (a *App) showTab(i int) tea.Cmd {
	a.detail.Open = i
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

// toggleWrap wraps or cuts the long lines of the text on top. A toast says so, since there
// may be no long line on the screen.
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

// refreshDetail updates the open tab, and asks for the sandboxes or the audit log if it shows
// them.
func (a *App) refreshDetail() tea.Cmd {
	body := a.screen.DetailBody
	if body.Empty() {
		return a.uses.Select("", a.now)
	}
	s, size := a.selected(), image.Pt(max(body.Dx()-2, 1), body.Dy())
	out := inspect.PaneInput{
		Reads: a.state.orgInfoReads + a.state.Uses.Reads, LogKey: a.detail.logKey, UseKey: a.detail.useKey,
		Log: func() inspect.Log { return a.logTail(s, size.X) },
	}
	if tail := a.detail.tail; tail != nil {
		out.Logged = tail.Received()
	}
	polls, audit, tab := a.poller.Status(), &a.detail.audit, a.detail.Tab().Name
	var read tea.Cmd
	if s != nil && tab == inspect.TabHistory && a.top().Scope()&keys.OnScreens != 0 && polls.Err == nil &&
		audit.StartRead(a.state.Now, a.state.OrganizationID(), a.state.access, polls.Paused) {
		read = a.options.readAudit(a.state.OrganizationID(), audit.Known())
	}
	a.detail.Update(inspect.Input{View: &a.state.ViewState, Snapshot: s, Audit: audit}, size, out)
	name := ""
	if s != nil && tab == inspect.TabSandboxes {
		name = s.Name
	}
	return tea.Batch(read, a.uses.Select(name, a.now))
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
	c.Put(a.screen.DetailHead, a.detail.head(a.layerStack, a.screen.DetailHead.Size()).Lines(s)...)
	body := a.screen.DetailBody
	body.Min.X++
	c.Put(body, a.detail.Pager().View()...)
}

// head returns the heading of the details in a size.
func (d *detail) head(open layerStack, size image.Point) inspect.Head {
	_, focused := open.top().(*detailLayer)
	return inspect.Head{Tabs: d.Tabs, Open: d.Open, Focused: focused, Size: size}
}
