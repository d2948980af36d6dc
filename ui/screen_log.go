package ui

import (
	"context"
	"fmt"
	"image"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
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
	name string // of the snapshot
	log  *logStream
}

func (*logLayer) Scope() keys.Scope     { return keys.OnLogs }
func (l *logLayer) Motion() keys.Motion { return l.log.Pager() }
func (l *logLayer) Pager() *pager.Pager { return l.log.Pager() }

func refuseLogs(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case a.state.Building(s) != nil:
		return ""
	case !a.state.Listed(s.ID):
		return "the build has not started yet"
	case s.BuildInfo.Presence != model.Present:
		return "not built from a Dockerfile: there is no build log"
	default:
		return ""
	}
}

// openLogs shows the build log of the snapshot under the cursor, or of the one that a
// rebuild makes of it.
func (a *App) openLogs() tea.Cmd {
	s := a.selected()
	if built := a.state.Building(s); built != nil {
		s = built
	}
	l := &logLayer{app: a, name: s.Name, log: newLogStream(s.ID)}
	a.push(l)
	return l.log.read(a)
}

func (l *logLayer) Closed() { l.log.cancel() }

// readLogIfDue connects again to a log after its stream broke.
func (a *App) readLogIfDue() tea.Cmd {
	if l, ok := find[*logLayer](a); ok {
		return l.log.readIfDue(a)
	}
	return nil
}

func (a *App) toggleFollow() tea.Cmd {
	if l, ok := a.top().(*logLayer); ok {
		l.log.Pager().SetFollow(!l.log.Pager().Following())
	}
	return nil
}

// saveLog writes the log as it was received to a file.
func (a *App) saveLog() tea.Cmd {
	l, ok := a.top().(*logLayer)
	if !ok || a.options.Save == nil {
		return nil
	}
	save, name, content := a.options.Save, "build-"+l.log.ID()+".log", l.log.Text()
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
		a.toast.Show(dialog.Failed, "not saved: "+msg.err.Error(), a.now)
		return nil
	}
	a.toast.Show(dialog.Done, fmt.Sprintf("saved %s bytes to %s", format.Thousands(msg.bytes), msg.path), a.now)
	return nil
}

func (l *logLayer) Arrange(image.Point) {
	a := l.app
	r := a.screen.Body
	l.log.Pager().SetSize(max(r.Dx()-2, 1), max(r.Dy()-1, 0))
}

func (l *logLayer) Draw(c *canvas.Canvas) {
	a := l.app
	head := a.screen.Body
	head.Max.Y = head.Min.Y + 1
	title := text.Join(text.Lit(" ").As(theme.Dim), text.Styled(l.name, theme.Title, nil), text.Lit("  build log").As(theme.Dim))
	if s, ok := a.state.Data.Store.Get(l.log.ID()); ok {
		title = text.Join(title, text.Lit("  ").As(theme.Dim), row.StateLine(a.state.ShownState(s)))
	}
	note := l.log.Note()
	if !l.log.Pager().Following() {
		note = text.Join(note, text.Lit(" · not following").As(theme.Dim))
	}
	c.Put(head, text.Justify(title, note.Cut(head.Dx()*3/5, text.CutEnd), head.Dx()))
	body := a.screen.Body
	body.Min.Y++
	c.Put(body)
	body.Min.X++
	c.Put(body, l.log.Pager().View()...)
}

// logStream is a build log and the request that reads it.
type logStream struct {
	*buildlog.Log
	cancel context.CancelFunc
}

type (
	// loggedMsg: a piece of a build log arrived.
	loggedMsg struct {
		generation int
		piece      string
	}
	// logEndedMsg: a stream of a build log ended, or broke.
	logEndedMsg struct {
		generation int
		err        error
	}
)

func newLogStream(id string) *logStream { return &logStream{Log: buildlog.New(id)} }

// read streams the log from its start.
func (l *logStream) read(a *App) tea.Cmd {
	a.logGeneration++
	l.Connect(a.logGeneration)
	ctx, cancel := context.WithCancel(a.options.Context)
	l.cancel = cancel
	api, id, send, generation := a.options.API, l.ID(), a.options.Send, a.logGeneration
	return func() tea.Msg {
		defer cancel()
		err := api.BuildLogs(ctx, id, true, logWriter{send: send, generation: generation})
		return logEndedMsg{generation: generation, err: err}
	}
}

// readIfDue connects again after the stream broke.
func (l *logStream) readIfDue(a *App) tea.Cmd {
	if !l.Due(a.now) {
		return nil
	}
	return l.read(a)
}

// logWriter hands pieces of a stream to the program. Send blocks while the program
// is busy, so a fast log cannot pile up.
type logWriter struct {
	send       func(tea.Msg)
	generation int
}

func (w logWriter) Write(p []byte) (int, error) {
	w.send(loggedMsg{generation: w.generation, piece: string(p)})
	return len(p), nil
}

// logOf is the log with the generation, where it is still on the screen.
func (a *App) logOf(generation int) *logStream {
	if l, ok := find[*logLayer](a); ok && l.log.Current(generation) {
		return l.log
	}
	if l := a.detail.tail; l != nil && l.Current(generation) {
		return l
	}
	return nil
}

func (msg loggedMsg) apply(a *App) tea.Cmd {
	if l := a.logOf(msg.generation); l != nil {
		l.Receive(msg.piece)
	}
	return nil
}

// apply judges the end of a stream by the state of the snapshot.
func (msg logEndedMsg) apply(a *App) tea.Cmd {
	if l := a.logOf(msg.generation); l != nil {
		s, ok := a.state.Data.Store.Get(l.ID())
		l.End(a.now, msg.err, ok && s.State.Starting())
	}
	return nil
}
