package client

import (
	"bytes"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
)

const (
	// maxBody limits every response after decompression, and all responses that are read
	// into memory at the same time. A page of 200 snapshots with Dockerfiles of 300 KB
	// each still fits.
	maxBody  = 64 << 20
	minChunk = 16 << 10
	maxChunk = 1 << 20
)

var (
	errTooLarge         = fmt.Errorf("response larger than %d MiB", maxBody>>20)
	errTooLargeTogether = fmt.Errorf("responses larger than %d MiB together", maxBody>>20)
)

// bodyMemory counts the bytes of all bodies that are being read, and reuses the memory of
// bodies that are no longer needed.
type bodyMemory struct {
	used atomic.Int64
	free sync.Pool // of *[]byte
}

// reuse lets the next body overwrite this one, unless it is so large that keeping it costs
// more than it saves.
func (m *bodyMemory) reuse(body []byte) {
	if cap(body) <= maxChunk {
		m.free.Put(&body)
	}
}

// buffer returns a buffer for a body.
func (m *bodyMemory) buffer(size int64) []byte {
	if free, ok := m.free.Get().(*[]byte); ok && int64(cap(*free)) >= size {
		return (*free)[:cap(*free)]
	}
	return make([]byte, size)
}

// read reads a body. length is its expected size, -1 if unknown. It returns
// errTooLargeTogether if all bodies together exceed the limit.
func (m *bodyMemory) read(body io.Reader, length int64) ([]byte, error) {
	var read int64
	defer func() { m.used.Add(-read) }()
	// Chunks, because growing one buffer takes three times the memory.
	var chunks [][]byte
	for size := min(max(length, minChunk), maxChunk) + bytes.MinRead; ; size = min(2*size, maxChunk) {
		chunk := m.buffer(size)
		n, err := io.ReadFull(body, chunk)
		read += int64(n)
		if used := m.used.Add(int64(n)); used > maxBody && read < used {
			return nil, errTooLargeTogether
		}
		chunks = append(chunks, chunk[:n])
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF: // bare: wrapped, it is a truncated body
			if len(chunks) == 1 {
				return chunks[0], nil
			}
			return bytes.Join(chunks, nil), nil
		case err != nil:
			return nil, err
		}
	}
}
