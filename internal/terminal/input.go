package terminal

import (
	"os"
	"time"
)

// Input is the keyboard as Bubble Tea reads it. It embeds the file, so that raw mode
// and cancelling a read work. Read also reports the end of the input, which Bubble Tea
// ignores, and returns only complete escape sequences.
type Input struct {
	*os.File
	onEOF   func()
	replies replyFilter
	pending []byte // typed before the program could read

	scanner  keyScanner
	timeout  time.Duration // how long the next byte of a sequence may take
	lastRead time.Time     // when the last byte came
}

const (
	// keyTimeout is how long the next byte of a sequence may take.
	keyTimeout = 50 * time.Millisecond
	// maxRead bounds how long Read waits for the end of a sequence: it cannot be
	// cancelled while it waits.
	maxRead = 500 * time.Millisecond
)

// Read implements [io.Reader]. It returns 0 bytes without an error if it read no keys:
// Bubble Tea polls the descriptor first, and another read here could block without being
// cancelled.
func (in *Input) Read(p []byte) (int, error) {
	var keys []byte
	if in.scanner.incomplete() && time.Since(in.lastRead) > in.timeout {
		keys = in.scanner.expire()
	}
	if n := min(len(in.pending), len(p)/2); n > 0 {
		keys = append(keys, in.scanner.scan(in.pending[:n])...)
		in.pending = in.pending[n:]
	} else {
		more, err := in.readSome(p)
		if err != nil {
			return 0, err
		}
		keys = append(keys, more...)
	}
	for start := time.Now(); in.scanner.incomplete() && len(in.pending) == 0; {
		if !readable(in.File, in.timeout) {
			keys = append(keys, in.scanner.expire()...)
			break
		}
		if time.Since(start) > maxRead || len(keys) > len(p)/2 {
			break
		}
		more, err := in.readSome(p[:len(p)/2])
		if err != nil {
			break // the next Read reports it
		}
		keys = append(keys, more...)
	}
	return copy(p, keys), nil
}

// readSome reads once. It leaves room in p for the buffered bytes, because Bubble Tea
// waits for more input after a Read that fills p.
func (in *Input) readSome(p []byte) ([]byte, error) {
	n, err := in.File.Read(p[:max(len(p)-len(in.scanner.partial)-2, 1)])
	if err != nil {
		in.onEOF()
		return nil, err
	}
	in.lastRead = time.Now()
	return in.scanner.scan(p[:n]), nil
}
