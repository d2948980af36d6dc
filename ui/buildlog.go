package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

const (
	// logKept bounds the memory of an endless log, in bytes; of a longer one the
	// older half goes.
	logKept = 16 << 20
	// logRetry is the pause before a broken stream is asked for again. It doubles,
	// up to logPatience, while nothing comes.
	logRetry    = 3 * time.Second
	logRetryMax = time.Minute
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

// buildLog is the log of one build as far as it was received, followed while it
// builds. What becomes of the stream never colours the build: only the state of the
// snapshot judges.
type buildLog struct {
	id         string // of the snapshot
	generation int    // of the stream
	cancel     context.CancelFunc
	content    strings.Builder // what is shown
	received   int             // bytes of the stream that came, over all connections
	skip       int             // bytes that a new connection repeats
	dropped    int             // bytes that were let go
	pager      pager.Pager
	lines      *pager.Text
	note       text.Safe
	retryAt    time.Time // when a broken stream is asked for again, zero for never
	emptyReads int       // connections in a row that brought nothing
}

// newBuildLog is an empty log that stays at its end as it grows.
func newBuildLog(id string) *buildLog {
	l := &buildLog{id: id}
	l.clear()
	l.pager.SetFollow(true)
	return l
}

// read asks for the log from its start; what came already is skipped, so that
// no line is repeated.
func (l *buildLog) read(a *App) tea.Cmd {
	a.logGeneration++
	l.generation, l.skip, l.retryAt = a.logGeneration, l.received, time.Time{}
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

// readIfDue asks again for a log whose stream broke.
func (l *buildLog) readIfDue(a *App) tea.Cmd {
	if l.retryAt.IsZero() || a.now.Before(l.retryAt) {
		return nil
	}
	return l.read(a)
}

// close stops the stream.
func (l *buildLog) close() { l.cancel() }

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
func (a *App) logOf(generation int) *buildLog {
	if l, ok := find[*logLayer](a); ok && l.log.generation == generation {
		return l.log
	}
	if l := a.detail.tail; l != nil && l.generation == generation {
		return l
	}
	return nil
}

func (msg loggedMsg) apply(a *App) tea.Cmd {
	if l := a.logOf(msg.generation); l != nil {
		l.take(msg.piece)
	}
	return nil
}

// take takes in a piece of the stream.
func (l *buildLog) take(piece string) {
	repeated := min(l.skip, len(piece))
	l.skip -= repeated
	piece = piece[repeated:]
	if piece == "" {
		return
	}
	l.received += len(piece)
	l.note, l.emptyReads = text.Lit("live"), 0
	l.append(piece)
}

func (l *buildLog) append(piece string) {
	l.content.WriteString(piece)
	if l.content.Len() <= logKept {
		l.lines.Append(piece)
		l.pager.SourceGrew()
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
	l.pager.SourceGrew()
}

// clear starts with an empty text. What was kept so far is the caller's.
func (l *buildLog) clear() {
	l.content.Reset()
	l.lines = pager.NewFormatted(logLine)
	l.pager.SetSource(l.lines)
}

// apply judges the end of a stream by the state of the snapshot: while it
// builds, the log goes on and is asked for again.
func (msg logEndedMsg) apply(a *App) tea.Cmd {
	l := a.logOf(msg.generation)
	if l == nil {
		return nil
	}
	if s, ok := a.state.Data.Store.Get(l.id); ok && s.State.Starting() {
		pause := min(logRetry<<l.emptyReads, logRetryMax)
		l.emptyReads = min(l.emptyReads+1, 5)
		l.retryAt = a.now.Add(pause)
		l.note = text.Lit("the stream ended; the build goes on")
		if msg.err != nil {
			l.note = text.Sprintf("the stream broke: %s · again in %s", msg.err, format.Wait(pause))
		}
		return nil
	}
	switch {
	case msg.err != nil:
		l.note = text.Sprintf("no more of it: %s", msg.err)
	case l.received == 0:
		l.note = text.Lit("the server keeps no log of a build that succeeded")
	default:
		l.note = text.Lit("end of the log")
	}
	return nil
}

// noteLine is how the log stands, and what of it was let go.
func (l *buildLog) noteLine() text.Line {
	note := l.note
	if l.dropped > 0 {
		note = text.Sprintf("%s · the first %s bytes are gone", note, format.Thousands(l.dropped))
	}
	return note.As(theme.Dim)
}
