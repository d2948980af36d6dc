package ui

import (
	"context"
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/ui/buildlog"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/dialog"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/keys"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/row"
	"daytona/snapdeck/ui/text"
)

// logLayer shows the log of a build on the whole screen.
type logLayer struct {
	noInput
	app  *App
	row  string // the id of the row that it was opened on
	name string // of the snapshot
	log  *buildlog.Stream
}

func (*logLayer) Scope() keys.Scope     { return keys.OnLogs }
func (l *logLayer) Motion() keys.Motion { return l.log.Pager() }
func (l *logLayer) Pager() *pager.Pager { return l.log.Pager() }

func (state *appState) refuseLogs(s *model.Snapshot) string {
	if state.Building(s) == nil && s.BuildInfo.Presence != model.Present {
		return "not built from a Dockerfile: there is no build log"
	}
	return ""
}

// openLogs shows the build log of the snapshot under the cursor, or of the new one while it
// is rebuilt.
func (a *App) openLogs() tea.Cmd {
	s := a.selected()
	layer := &logLayer{app: a, row: s.ID, name: s.Name}
	read := layer.open(a.state.LogTarget(s.ID))
	a.push(layer)
	return read
}

// open shows the log of a snapshot, or why there is none.
func (l *logLayer) open(id string, note text.Safe) (read tea.Cmd) {
	if !note.IsEmpty() {
		l.log = l.app.logs.Closed(id, note)
		return nil
	}
	if tail := l.app.detail.tail; tail != nil && tail.ID() == id {
		l.log, l.app.detail.tail = tail, nil // the details get it back
		return nil
	}
	l.log, read = l.app.logs.Open(id)
	return read
}

// follow reads on after the stream broke, and moves on to the snapshot that a rebuild builds.
// A log with lines is only replaced by that of a running build.
func (l *logLayer) follow() tea.Cmd {
	a := l.app
	id, note := a.state.LogTarget(l.row)
	s, listed := a.state.Data.Store.Get(id)
	if id == l.log.ID() || l.log.Received() > 0 && (!listed || !s.State.Starting()) {
		return a.logs.ReadIfDue(l.log, a.now)
	}
	l.log.Cancel()
	return l.open(id, note)
}

// Closed hands the log to the details if they show its end, else it ends the request.
func (l *logLayer) Closed() {
	a := l.app
	if built := a.state.Building(a.selected()); built == nil || built.ID != l.log.ID() {
		l.log.Cancel()
		return
	}
	l.log.Rewind()
	a.detail.tail = l.log
}

func (l *logLayer) refuseFollow() string {
	if l.log.Ended() {
		return "nothing to follow: the log has ended"
	}
	return ""
}

func (l *logLayer) toggleFollow() tea.Cmd {
	l.log.Pager().SetFollow(!l.log.Pager().Following())
	return nil
}

// save writes the received log to a file.
func (l *logLayer) save() tea.Cmd {
	if l.app.options.Save == nil {
		return nil
	}
	save, name, content := l.app.options.Save, "build-"+l.log.ID()+".log", l.log.Text()
	return l.app.options.work(callDeadline, func(context.Context) tea.Msg {
		path, err := save(name, content)
		if err != nil {
			return toastMsg{dialog.Failed, "not saved: " + err.Error()}
		}
		return toastMsg{dialog.Done, fmt.Sprintf("saved %s bytes to %s", format.Thousands(len(content)), path)}
	})
}

func (l *logLayer) Arrange(image.Point) { l.log.Arrange(l.app.screen.Body) }

func (l *logLayer) Draw(c *canvas.Canvas) {
	state := &l.app.state
	s, listed := state.Data.Store.Get(l.log.ID())
	if !listed {
		l.log.Draw(c, l.app.screen.Body, l.name, nil)
		return
	}
	l.log.Draw(c, l.app.screen.Body, s.Name, row.StateLine(state.ShownState(s)))
}

// log returns the log with the generation if it is still on the screen, else nil.
func (d *detail) log(open layerStack, generation int) *buildlog.Stream {
	if l, ok := find[*logLayer](open); ok && l.log.Current(generation) {
		return l.log
	}
	if l := d.tail; l != nil && l.Current(generation) {
		return l
	}
	return nil
}

// logEnded judges the end of a stream by the state of the snapshot.
func (a *App) logEnded(msg buildlog.EndedMsg) {
	if l := a.detail.log(a.layerStack, msg.Generation); l != nil {
		s, ok := a.state.Data.Store.Get(l.ID())
		l.End(a.now, msg.Err, ok && s.State.Starting())
	}
}
