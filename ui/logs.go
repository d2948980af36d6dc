package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/model"
	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

const (
	// logKept bounds the memory of an endless log, in bytes; of a longer one the
	// older half goes.
	logKept = 16 << 20
	// logRetry is the pause before a broken stream is asked for again.
	logRetry = 3 * time.Second
)

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

// logLayer is the log of a build, followed while it builds. What becomes of the
// stream never colours the build: only the state of the snapshot judges.
type logLayer struct {
	noInput
	id, name   string
	generation int
	cancel     context.CancelFunc
	content    strings.Builder // what is shown
	received   int             // bytes of the stream that came, over all connections
	skip       int             // bytes that a new connection repeats
	dropped    int             // bytes that were let go
	pager      pager.Pager
	lines      *pager.Text
	note       text.Safe
	again      time.Time // when a broken stream is asked for again, zero for never
}

func (*logLayer) scope() scope              { return onLogs }
func (l *logLayer) motion(*App) motion      { return &l.pager }
func (l *logLayer) paged(*App) *pager.Pager { return &l.pager }

func refuseLogs(a *App) string {
	s := a.selected()
	switch {
	case s == nil:
		return "no snapshot is selected"
	case s.BuildInfo.Presence != model.Present:
		return "it is not built from a Dockerfile, so there is no build log"
	default:
		return ""
	}
}

// openLogs shows the build log of the snapshot under the cursor.
func (a *App) openLogs() tea.Cmd {
	s := a.selected()
	l := &logLayer{id: s.ID, name: s.Name}
	l.clear()
	l.pager.SetFollow(true)
	a.push(l)
	return a.readLog(l)
}

// readLog asks for the log from its start; what came already is skipped, so that
// no line is repeated.
func (a *App) readLog(l *logLayer) tea.Cmd {
	a.logGeneration++
	l.generation, l.skip, l.again = a.logGeneration, l.received, time.Time{}
	l.note = text.Lit("reading")
	ctx, cancel := context.WithCancel(a.options.Context)
	l.cancel = cancel
	api, id, send, generation := a.options.API, l.id, a.options.Send, l.generation
	return func() tea.Msg {
		defer cancel()
		err := api.BuildLogs(ctx, id, true, logWriter{send: send, generation: generation})
		return logEndedMsg{generation: generation, err: err}
	}
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

// closed stops the stream.
func (l *logLayer) closed(*App) {
	if l.cancel != nil {
		l.cancel()
	}
}

// openLog is the log with the generation, where it is still on the screen.
func (a *App) openLog(generation int) *logLayer {
	if l, ok := find[*logLayer](a); ok && l.generation == generation {
		return l
	}
	return nil
}

func (msg loggedMsg) apply(a *App) tea.Cmd {
	l := a.openLog(msg.generation)
	if l == nil {
		return nil
	}
	piece := msg.piece
	repeated := min(l.skip, len(piece))
	l.skip -= repeated
	piece = piece[repeated:]
	if piece == "" {
		return nil
	}
	l.received += len(piece)
	l.note = text.Lit("live")
	l.append(piece)
	return nil
}

func (l *logLayer) append(piece string) {
	l.content.WriteString(piece)
	if l.content.Len() <= logKept {
		l.lines.Append(piece)
		l.pager.Grown()
		return
	}
	whole := l.content.String()
	cut := len(whole) - logKept/2
	if newline := strings.IndexByte(whole[cut:], '\n'); newline >= 0 {
		cut += newline + 1
	}
	l.dropped += cut
	l.clear()
	l.content.WriteString(whole[cut:])
	l.lines.Append(whole[cut:])
	l.pager.Grown()
}

// clear starts with an empty text. What was kept so far is the caller's.
func (l *logLayer) clear() {
	l.content.Reset()
	l.lines = pager.NewText("", func(_ int, raw string) text.Line { return logLine(raw) })
	l.pager.SetSource(l.lines)
}

// apply judges the end of a stream by the state of the snapshot: while it
// builds, the log goes on and is asked for again.
func (msg logEndedMsg) apply(a *App) tea.Cmd {
	l := a.openLog(msg.generation)
	if l == nil {
		return nil
	}
	s, ok := a.known.deck.store.Get(l.id)
	building := ok && s.State.Starting()
	switch {
	case msg.err != nil && building:
		l.again = a.now.Add(logRetry)
		l.note = text.Sprintf("the stream broke: %s · again in %s", msg.err, shortDuration(logRetry))
	case msg.err != nil:
		l.note = text.Sprintf("no more of it: %s", msg.err)
	case building:
		l.again = a.now.Add(logRetry)
		l.note = text.Lit("the stream ended; the build goes on")
	case l.received == 0:
		l.note = text.Lit("the server keeps no log of a build that succeeded")
	default:
		l.note = text.Lit("end of the log")
	}
	return nil
}

// readLogIfDue asks again for a log whose stream broke.
func (a *App) readLogIfDue() tea.Cmd {
	l, ok := find[*logLayer](a)
	if !ok || l.again.IsZero() || a.now.Before(l.again) {
		return nil
	}
	return a.readLog(l)
}

func (a *App) toggleFollow() tea.Cmd {
	if l, ok := a.top().(*logLayer); ok {
		l.pager.SetFollow(!l.pager.Following())
	}
	return nil
}

// saveLog writes the log as it was received to a file.
func (a *App) saveLog() tea.Cmd {
	l, ok := a.top().(*logLayer)
	if !ok || a.options.Save == nil {
		return nil
	}
	save, name, content := a.options.Save, "build-"+l.id+".log", l.content.String()
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
	a.toast.show(toastDone, fmt.Sprintf("saved %s bytes to %s", thousands(msg.bytes), msg.path), a.now)
	return nil
}

func (l *logLayer) arrange(a *App) {
	r := a.screen.Body
	l.pager.SetSize(max(r.Dx()-2, 1), max(r.Dy()-1, 0))
}

func (l *logLayer) draw(a *App, c *canvas) {
	head := a.screen.Body
	head.Max.Y = head.Min.Y + 1
	title := text.Join(text.Lit(" ").As(theme.Dim), text.Styled(l.name, theme.Title, nil), text.Lit("  build log").As(theme.Dim))
	if s, ok := a.known.deck.store.Get(l.id); ok {
		title = text.Join(title, text.Lit("  ").As(theme.Dim), stateLine(a.known.state(s)))
	}
	right := l.note
	if l.dropped > 0 {
		right = text.Sprintf("%s · the first %s bytes are gone", l.note, thousands(l.dropped))
	}
	if !l.pager.Following() {
		right = text.Sprintf("%s · not following", right)
	}
	c.put(head, spread(title, right.As(theme.Dim).Cut(head.Dx()*3/5, text.CutEnd), head.Dx()))
	body := a.screen.Body
	body.Min.Y++
	c.put(body)
	body.Min.X++
	c.put(body, l.pager.View()...)
}
