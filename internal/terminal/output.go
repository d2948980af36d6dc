package terminal

import (
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Output is the only writer to the terminal. Frames, the bell and OSC sequences
// come from different goroutines; each Write is carried out whole, so that none
// of them cuts another in two. It embeds the file because Bubble Tea looks for
// a file descriptor to know that it draws on a terminal. The file has a lock of
// its own, but that one cannot be asked whether a writer is stuck.
type Output struct {
	*os.File
	mu   sync.Mutex
	mute atomic.Bool
}

// Write writes p whole, or pretends to once the terminal was given back.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.mute.Load() {
		return len(p), nil
	}
	return o.File.Write(p)
}

// WriteString is Write for strings; without it the method of the embedded file
// would pass by the lock.
func (o *Output) WriteString(s string) (int, error) {
	return o.Write([]byte(s))
}

// ReadFrom copies r; it exists for the same reason as WriteString.
func (o *Output) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(onlyWriter{o}, r)
}

// silence drops everything that is written from now on. It does not take the
// lock, which a writer holds for as long as the terminal does not read.
func (o *Output) silence() {
	o.mute.Store(true)
}

// force writes text although the terminal may not read. While another writer is
// stuck, what it has written is thrown away until it is through; text is never
// thrown away, because by then the lock is ours. Both steps wait no longer than
// within.
func (o *Output) force(text string, within time.Duration) {
	for end := time.Now().Add(within); !o.mu.TryLock() && time.Now().Before(end); {
		discard(o.Fd())
		time.Sleep(within / 1000)
	}
	discard(o.Fd())
	written := make(chan struct{})
	go func() {
		_, _ = o.File.WriteString(text)
		close(written)
	}()
	select {
	case <-written:
	case <-time.After(within):
	}
}

// onlyWriter hides every method but Write, so that io.Copy uses nothing else.
type onlyWriter struct{ io.Writer }
