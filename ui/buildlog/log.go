// Package buildlog keeps the build log of one snapshot, in bounded memory, while it
// is streamed. It reads no stream and no clock.
package buildlog

import (
	"strings"
	"time"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/format"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

const (
	// maxBytes bounds the memory of an endless log; beyond it the older half is dropped.
	maxBytes = 16 << 20
	// retryDelay is the time before a new connection. It doubles, up to maxRetryDelay,
	// while connections bring nothing.
	retryDelay    = 3 * time.Second
	maxRetryDelay = time.Minute
)

// Log is the log of one build as far as it was received. The end of a stream says
// nothing about the build: only the state of the snapshot does.
type Log struct {
	id         string // of the snapshot
	generation int    // of the stream
	content    strings.Builder
	received   int // bytes of the log, over all connections
	skip       int // bytes that a new connection repeats
	dropped    int // bytes that are not kept
	pager      pager.Pager
	lines      *pager.Text
	note       text.Safe
	retryAt    time.Time // when to connect again, zero for never
	emptyReads int       // connections in a row that brought nothing
}

// New returns the empty log of a snapshot. It stays at its end as it grows.
func New(id string) *Log {
	l := &Log{id: id}
	l.clear()
	l.pager.SetFollow(true)
	return l
}

// ID returns the id of the snapshot.
func (l *Log) ID() string { return l.id }

// Pager returns what shows the lines.
func (l *Log) Pager() *pager.Pager { return &l.pager }

// Text returns the log as it was received, without what was dropped.
func (l *Log) Text() string { return l.content.String() }

// Received returns how many bytes of the log have come.
func (l *Log) Received() int { return l.received }

// Connect begins a new stream, which repeats the log from its start: what came
// before is skipped, so that no line is shown twice.
func (l *Log) Connect(generation int) {
	l.generation, l.skip, l.retryAt = generation, l.received, time.Time{}
	l.note = text.Lit("loading")
}

// Current reports whether the generation is that of the latest stream.
func (l *Log) Current(generation int) bool { return generation == l.generation }

// Receive appends a piece of the stream.
func (l *Log) Receive(piece string) {
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

func (l *Log) append(piece string) {
	l.content.WriteString(piece)
	if l.content.Len() <= maxBytes {
		l.lines.Append(piece)
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

// clear starts with an empty text.
func (l *Log) clear() {
	l.content.Reset()
	l.lines = pager.NewFormatted(Line)
	l.pager.SetSource(l.lines)
}

// End ends the stream, with an error where it broke. While the snapshot is still
// building the log goes on, and a new connection is due later.
func (l *Log) End(now time.Time, err error, building bool) {
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

// Due reports whether it is time to connect again.
func (l *Log) Due(now time.Time) bool {
	return !l.retryAt.IsZero() && !now.Before(l.retryAt)
}

// Note says how the stream is, and how much of the log was dropped.
func (l *Log) Note() text.Line {
	note := l.note
	if l.dropped > 0 {
		note = text.Sprintf("%s · first %s bytes dropped", note, format.Thousands(l.dropped))
	}
	return note.As(theme.Dim)
}
