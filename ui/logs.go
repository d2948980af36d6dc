package ui

import (
	"context"
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
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
	name string // of the snapshot
	log  *buildLog
}

func (*logLayer) Scope() keys.Scope     { return keys.OnLogs }
func (l *logLayer) Motion() keys.Motion { return &l.log.pager }
func (l *logLayer) Pager() *pager.Pager { return &l.log.pager }

func refuseLogs(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case a.state.Building(s) != nil:
		return ""
	case !a.state.Listed(s.ID):
		return "it is not being built yet"
	case s.BuildInfo.Presence != model.Present:
		return "it is not built from a Dockerfile, so there is no build log"
	default:
		return ""
	}
}

// openLogs shows the build log of the snapshot under the cursor, or of the one that
// it is rebuilt as.
func (a *App) openLogs() tea.Cmd {
	s := a.selected()
	if built := a.state.Building(s); built != nil {
		s = built
	}
	l := &logLayer{app: a, name: s.Name, log: newBuildLog(s.ID)}
	a.push(l)
	return l.log.read(a)
}

func (l *logLayer) Closed() { l.log.close() }

// readLogIfDue asks again for a log whose stream broke.
func (a *App) readLogIfDue() tea.Cmd {
	if l, ok := find[*logLayer](a); ok {
		return l.log.readIfDue(a)
	}
	return nil
}

func (a *App) toggleFollow() tea.Cmd {
	if l, ok := a.top().(*logLayer); ok {
		l.log.pager.SetFollow(!l.log.pager.Following())
	}
	return nil
}

// saveLog writes the log as it was received to a file.
func (a *App) saveLog() tea.Cmd {
	l, ok := a.top().(*logLayer)
	if !ok || a.options.Save == nil {
		return nil
	}
	save, name, content := a.options.Save, "build-"+l.log.id+".log", l.log.content.String()
	return a.work(callDeadline, func(context.Context) tea.Msg {
		path, err := save(name, content)
		return savedMsg{path: path, bytes: len(content), err: err}
	})
}

// savedMsg: a text was written to a file, or could not be.
type savedMsg struct {
	path  string
	bytes int
	err   error
}

func (msg savedMsg) apply(a *App) tea.Cmd {
	if msg.err != nil {
		a.toast.show(toastFailed, "not saved: "+msg.err.Error(), a.now)
		return nil
	}
	a.toast.show(toastDone, fmt.Sprintf("saved %s bytes to %s", format.Thousands(msg.bytes), msg.path), a.now)
	return nil
}

func (l *logLayer) Arrange(image.Point) {
	a := l.app
	r := a.screen.Body
	l.log.pager.SetSize(max(r.Dx()-2, 1), max(r.Dy()-1, 0))
}

func (l *logLayer) Draw(c *canvas.Canvas) {
	a := l.app
	head := a.screen.Body
	head.Max.Y = head.Min.Y + 1
	title := text.Join(text.Lit(" ").As(theme.Dim), text.Styled(l.name, theme.Title, nil), text.Lit("  build log").As(theme.Dim))
	if s, ok := a.state.Data.Store.Get(l.log.id); ok {
		title = text.Join(title, text.Lit("  ").As(theme.Dim), row.StateLine(a.state.ShownState(s)))
	}
	note := l.log.noteLine()
	if !l.log.pager.Following() {
		note = text.Join(note, text.Lit(" · not following").As(theme.Dim))
	}
	c.Put(head, text.Justify(title, note.Cut(head.Dx()*3/5, text.CutEnd), head.Dx()))
	body := a.screen.Body
	body.Min.Y++
	c.Put(body)
	body.Min.X++
	c.Put(body, l.log.pager.View()...)
}
