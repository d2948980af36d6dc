package terminal

import (
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Output is the only writer to the terminal. Frames, the bell and OSC sequences come
// from different goroutines, so each Write is atomic. It embeds the file because Bubble
// Tea needs a file descriptor to detect a terminal. It has its own lock because the
// file's lock does not show whether a writer is blocked.
type Output struct {
	*os.File
	mu    sync.Mutex
	muted atomic.Bool
}

// Write writes p, or drops it after discardWrites.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.muted.Load() {
		return len(p), nil
	}
	return o.File.Write(p)
}

// writeIf writes p if wanted returns true. It calls wanted while holding the lock.
func (o *Output) writeIf(p []byte, wanted func() bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.muted.Load() && wanted() {
		_, _ = o.File.Write(p)
	}
}

// WriteString is Write for strings. Without it the method of the embedded file would
// bypass the lock.
func (o *Output) WriteString(s string) (int, error) {
	return o.Write([]byte(s))
}

// ReadFrom copies r; it exists for the same reason as WriteString.
func (o *Output) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(writerOnly{o}, r)
}

// discardWrites drops all further writes. It does not take the lock, which a writer
// may hold while the terminal does not read.
func (o *Output) discardWrites() {
	o.muted.Store(true)
}

// forceWrite writes text even if the terminal does not read. It drops the output of a
// blocked writer until the writer releases the lock, then writes text. Each step takes at
// most timeout.
func (o *Output) forceWrite(text string, timeout time.Duration) {
	for end := time.Now().Add(timeout); !o.mu.TryLock() && time.Now().Before(end); {
		discardOutput(o.Fd())
		time.Sleep(timeout / 1000)
	}
	discardOutput(o.Fd())
	written := make(chan struct{})
	go func() {
		_, _ = o.File.WriteString(text)
		close(written)
	}()
	select {
	case <-written:
	case <-time.After(timeout):
	}
}

// writerOnly hides all methods except Write from io.Copy.
type writerOnly struct{ io.Writer }
