// Package buildlog reads build logs within bounds: the open one, the current steps of others.
package buildlog

import (
	"math"
	"strings"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

const (
	// maxBytes limits the size of a log; when it is exceeded, the older half is dropped.
	maxBytes = 16 << 20
	// retryDelay is the delay before a new connection. It doubles, up to maxRetryDelay, after
	// each connection without data.
	retryDelay    = 3 * time.Second
	maxRetryDelay = time.Minute
)

// Log is the received part of a build log. The end of a stream is not the end of the build:
// only the state of the snapshot shows that.
type Log struct {
	id         string // snapshot id
	generation int    // of the current stream
	content    strings.Builder
	received   int // total bytes, without repetitions
	skip       int // bytes that the new connection will repeat
	dropped    int // bytes dropped from the start
	steps      stepFinder
	pager      pager.Pager
	lines      *pager.Text
	note       text.Safe
	retryAt    time.Time // zero means never
	emptyReads int       // consecutive connections without data
	ended      bool      // nothing more will come
}

// New returns an empty log of a snapshot. Its pager follows the end.
func New(id string) *Log {
	l := &Log{id: id}
	l.clear()
	l.pager.SetFollow(true)
	return l
}

// ID returns the id of the snapshot.
func (l *Log) ID() string { return l.id }

// Pager returns the pager that shows the log.
func (l *Log) Pager() *pager.Pager { return &l.pager }

// Text returns the raw log, without the dropped start.
func (l *Log) Text() string { return l.content.String() }

// step returns the current step of the build, as stepFinder does.
func (l *Log) step() text.Safe { return l.steps.step }

// Received returns how many bytes of the log were received.
func (l *Log) Received() int { return l.received }

// connect starts a new stream. The server sends the log from its start again, so the part
// that is known already is skipped.
func (l *Log) connect(generation int) {
	l.generation, l.skip, l.retryAt, l.ended = generation, l.received, time.Time{}, false
	l.note = text.Lit("loading")
}

// Current reports whether the generation is that of the latest stream.
func (l *Log) Current(generation int) bool { return generation == l.generation }

// Receive appends a chunk of the stream.
func (l *Log) Receive(chunk string) {
	repeated := min(l.skip, len(chunk))
	l.skip -= repeated
	chunk = chunk[repeated:]
	if chunk == "" {
		return
	}
	l.received += len(chunk)
	_, _ = l.steps.Write([]byte(chunk))
	l.note, l.emptyReads = text.Lit("live"), 0
	l.append(chunk)
}

func (l *Log) append(chunk string) {
	l.content.WriteString(chunk)
	if l.content.Len() <= maxBytes {
		l.lines.Append(chunk)
		l.pager.SourceGrew()
		return
	}
	whole := l.content.String()
	cut := len(whole) - maxBytes/2
	if newline := strings.IndexByte(whole[cut:], '\n'); newline >= 0 {
		cut += newline + 1
	}
	l.dropped += cut
	l.clear()
	l.content.WriteString(whole[cut:])
	l.lines.Append(whole[cut:])
	l.pager.SourceGrew()
}

// clear removes all lines.
func (l *Log) clear() {
	l.content.Reset()
	l.lines = pager.NewFormatted(Line)
	l.pager.SetSource(l.lines)
}

// End ends the stream; err is nil unless it broke. If the snapshot is still building, it
// schedules a new connection.
func (l *Log) End(now time.Time, err error, building bool) {
	l.ended = !building
	switch {
	case building:
		delay := min(retryDelay<<l.emptyReads, maxRetryDelay)
		l.emptyReads = min(l.emptyReads+1, 5)
		l.retryAt = now.Add(delay)
		l.note = text.Lit("stream ended, build still running")
		if err != nil {
			l.note = text.Sprintf("stream broke: %s · retry in %s", err, format.Wait(delay))
		}
	case err != nil:
		l.note = text.Sprintf("log is incomplete: %s", err)
	case l.received == 0:
		l.note = text.Lit("no log: the server keeps none of successful builds")
	default:
		l.note = text.Lit("end of log")
	}
}

// Ended reports whether nothing more will come.
func (l *Log) Ended() bool { return l.ended }

// Rewind shows the end of the log as at first: without a search, and following it.
func (l *Log) Rewind() {
	l.pager.Search("")
	if l.pager.Wrapped() {
		l.pager.ToggleWrap()
	}
	l.pager.ScrollX(math.MinInt32)
	l.pager.SetFollow(true)
}

// due reports whether a new connection is due.
func (l *Log) due(now time.Time) bool {
	return !l.retryAt.IsZero() && !now.Before(l.retryAt)
}

// Note returns the status of the stream, and how much of the log was dropped.
func (l *Log) Note() text.Line {
	note := l.note
	if l.dropped > 0 {
		note = text.Sprintf("%s · first %s bytes dropped", note, format.Thousands(l.dropped))
	}
	return note.As(theme.Dim)
}
