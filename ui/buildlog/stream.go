package buildlog

import (
	"context"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"daytona/snapdeck/ui/text"
)

// Source serves build logs.
type Source interface {
	// BuildLogs writes a build log to a writer. With follow it continues until the
	// build ends.
	BuildLogs(ctx context.Context, id string, follow bool, to io.Writer) error
}

type (
	// ChunkMsg says that a piece of a build log arrived.
	ChunkMsg struct {
		Generation int
		Chunk      string
	}
	// EndedMsg says that the stream of a build log ended, with an error if it broke.
	EndedMsg struct {
		Generation int
		Err        error
	}
)

// Stream is a build log and the request that reads it.
type Stream struct {
	*Log
	Cancel context.CancelFunc // ends the request
}

// Reader streams build logs. Each stream has a generation of its own.
type Reader struct {
	ctx        context.Context
	source     Source
	send       func(tea.Msg)
	generation int
}

// NewReader returns a reader that sends a [ChunkMsg] for each piece. The context ends all
// streams.
func NewReader(ctx context.Context, source Source, send func(tea.Msg)) *Reader {
	return &Reader{ctx: ctx, source: source, send: send}
}

// Open returns the log of a snapshot and the command that streams it.
func (r *Reader) Open(id string) (*Stream, tea.Cmd) {
	s := &Stream{Log: New(id)}
	return s, r.read(s)
}

// Closed returns a stream that reads nothing and shows a note.
func (r *Reader) Closed(id string, note text.Safe) *Stream {
	s := &Stream{Log: New(id), Cancel: func() {}}
	s.note = note
	return s
}

// read streams the log from its start.
func (r *Reader) read(s *Stream) tea.Cmd {
	r.generation++
	s.connect(r.generation)
	ctx, cancel := context.WithCancel(r.ctx)
	s.Cancel = cancel
	source, id, to := r.source, s.ID(), chunkWriter{send: r.send, generation: r.generation}
	return func() tea.Msg {
		defer cancel()
		err := source.BuildLogs(ctx, id, true, to)
		return EndedMsg{Generation: to.generation, Err: err}
	}
}

// ReadIfDue connects again after the stream broke.
func (r *Reader) ReadIfDue(s *Stream, now time.Time) tea.Cmd {
	if !s.due(now) {
		return nil
	}
	return r.read(s)
}

// chunkWriter sends pieces of a stream to the program. Send blocks while the program is
// busy, so a fast log cannot pile up.
type chunkWriter struct {
	send       func(tea.Msg)
	generation int
}

func (w chunkWriter) Write(p []byte) (int, error) {
	w.send(ChunkMsg{Generation: w.generation, Chunk: string(p)})
	return len(p), nil
}
