package terminal

import (
	"os"
	"time"
)

// Input is the keyboard as Bubble Tea reads it. It embeds the file, so that raw
// mode and cancelling a read work as on any terminal, and adds two things to
// Read: the end of the input, which Bubble Tea swallows, is reported as a lost
// terminal; and late answers to our question are taken out.
type Input struct {
	*os.File
	lost    func()
	answers answers
	until   time.Time // until when answers are taken out
	ahead   []byte    // what was typed before the program could read
}

// answerWindow is how long after the question an answer is still taken for one.
// After that the bytes are keys again: alt+[ and alt+] begin like an answer.
const answerWindow = 5 * time.Second

// Read reads keys. It may return 0 bytes and no error where all that came was
// an answer: Bubble Tea waits for the descriptor before it reads, so a second
// read here could block where it cannot be cancelled.
func (in *Input) Read(p []byte) (int, error) {
	if len(in.ahead) > 0 {
		return in.take(p, nil), nil
	}
	n, err := in.File.Read(p)
	if err != nil {
		in.lost()
		return n, err
	}
	if in.until.IsZero() {
		return n, nil
	}
	rest := in.answers.sift(p[:n])
	if time.Now().After(in.until) {
		rest = append(rest, in.answers.release()...)
		in.until = time.Time{}
	}
	return in.take(p, rest), nil
}

// take copies what is waiting, then more, into p and keeps what does not fit.
func (in *Input) take(p, more []byte) int {
	in.ahead = append(in.ahead, more...)
	n := copy(p, in.ahead)
	in.ahead = in.ahead[n:]
	return n
}
