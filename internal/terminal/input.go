package terminal

import (
	"os"
	"time"
)

// Input is the keyboard as Bubble Tea reads it. It embeds the file, so that raw mode
// and cancelling a read work. Read also reports the end of the input, which Bubble Tea
// ignores, and filters out late replies to the queries.
type Input struct {
	*os.File
	onEOF       func()
	replies     replyFilter
	filterUntil time.Time // filter replies until then; zero: never
	pending     []byte    // input that Read has not returned yet
}

// replyWindow is how long after a query replies are filtered. Later the bytes count as
// keys again: alt+[ and alt+] look like the start of a reply.
const replyWindow = 5 * time.Second

// Read implements [io.Reader]. It returns 0 bytes without an error if it read replies
// only: Bubble Tea polls the descriptor first, and a second read here could block
// without being cancelled.
func (in *Input) Read(p []byte) (int, error) {
	if len(in.pending) > 0 {
		return in.deliver(p, nil), nil
	}
	n, err := in.File.Read(p)
	if err != nil {
		in.onEOF()
		return n, err
	}
	if in.filterUntil.IsZero() {
		return n, nil
	}
	rest := in.replies.filter(p[:n])
	if time.Now().After(in.filterUntil) {
		rest = append(rest, in.replies.flush()...)
		in.filterUntil = time.Time{}
	}
	return in.deliver(p, rest), nil
}

// deliver copies the pending input, then more, into p, and keeps what does not fit.
func (in *Input) deliver(p, more []byte) int {
	in.pending = append(in.pending, more...)
	n := copy(p, in.pending)
	in.pending = in.pending[n:]
	return n
}
