package terminal

import (
	"os"
	"time"
)

// Input is the keyboard as Bubble Tea reads it. It embeds the file, so that raw mode
// and cancelling a read work. Read also reports the end of the input, which Bubble Tea
// ignores, and returns escape sequences whole, however their bytes arrive.
type Input struct {
	*os.File
	onEOF   func()
	replies replyFilter
	pending []byte // typed before the program could read

	scan    keyScan
	timeout time.Duration // how long the next byte of a sequence may take
	last    time.Time     // when the last byte came
}

const (
	// keyTimeout is how long the next byte of a sequence may take.
	keyTimeout = 50 * time.Millisecond
	// maxRead bounds how long Read waits for the end of a sequence: it cannot be
	// cancelled while it waits.
	maxRead = 500 * time.Millisecond
)

// Read implements [io.Reader]. It returns 0 bytes without an error if nothing it read
// is for the program: Bubble Tea polls the descriptor first, and another read here
// could block without being cancelled.
func (in *Input) Read(p []byte) (int, error) {
	var keys []byte
	if in.scan.waiting() && time.Since(in.last) > in.timeout {
		keys = in.scan.expire()
	}
	if some := min(len(in.pending), len(p)/2); some > 0 {
		keys = append(keys, in.scan.scan(in.pending[:some])...)
		in.pending = in.pending[some:]
	} else {
		more, err := in.readSome(p)
		if err != nil {
			return 0, err
		}
		keys = append(keys, more...)
	}
	for start := time.Now(); in.scan.waiting() && len(in.pending) == 0; {
		if !readable(in.File, in.timeout) {
			keys = append(keys, in.scan.expire()...)
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

// readSome reads once. It leaves room in p for the held bytes: Bubble Tea waits for
// more input after a Read that fills p.
func (in *Input) readSome(p []byte) ([]byte, error) {
	n, err := in.File.Read(p[:max(len(p)-len(in.scan.held)-2, 1)])
	if err != nil {
		in.onEOF()
		return nil, err
	}
	in.last = time.Now()
	return in.scan.scan(p[:n]), nil
}
