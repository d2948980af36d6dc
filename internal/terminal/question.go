package terminal

import (
	"cmp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"
)

// answerTime is how long the start of the program may wait for the answer. A
// terminal at hand answers within a millisecond, one behind ssh within its
// round trip; one that is slower gets the default.
const answerTime = 200 * time.Millisecond

// Dark reports whether the background of the terminal is dark. It asks the
// terminal (OSC 11) and waits 200 ms at most; without an answer COLORFGBG
// decides, and without that the background is dark, as most are.
//
// From the question on until Run the terminal stays in raw mode, so that a late
// answer is not echoed; Run takes it out of the input. Keys that were typed in
// the meantime are kept for the program.
func (s *Session) Dark() bool {
	if mayAsk(s.getenv("TERM")) {
		s.ask()
	}
	if c := ansi.XParseColor(s.in.answers.colour); c != nil {
		r, g, b, _ := c.RGBA()
		return 0.2126*float64(r)+0.7152*float64(g)+0.0722*float64(b) < 0xffff/2
	}
	return darkBackground(s.getenv("COLORFGBG"))
}

// mayAsk reports whether a terminal of this type can be asked. The Linux
// console has printed the tail of an unknown OSC, screen cannot know which of
// its terminals to ask, and Windows reads its console by another way.
func mayAsk(termType string) bool {
	return runtime.GOOS != "windows" && termType != "linux" && !strings.HasPrefix(termType, "screen")
}

func (s *Session) ask() {
	if _, err := term.MakeRaw(s.in.Fd()); err != nil {
		return
	}
	r, err := cancelreader.NewReader(s.in.File)
	if err != nil {
		return
	}
	defer func() { _ = r.Close() }()
	timer := time.AfterFunc(cmp.Or(s.options.AnswerTime, answerTime), func() { r.Cancel() })
	defer timer.Stop()

	if _, err := s.out.WriteString(question); err != nil {
		return
	}
	s.in.until = time.Now().Add(answerWindow)
	var buf [256]byte
	for !s.in.answers.fenced {
		n, err := r.Read(buf[:])
		if err != nil {
			return
		}
		s.in.ahead = append(s.in.ahead, s.in.answers.sift(buf[:n])...)
	}
}

// darkBackground reads COLORFGBG, which rxvt, Konsole and others set to
// "foreground;background" (some with a word in between) in numbers of the 16
// colours. 7 and 9 to 15 are light; what is unknown is dark.
func darkBackground(colorfgbg string) bool {
	fields := strings.Split(colorfgbg, ";")
	n, err := strconv.Atoi(fields[len(fields)-1])
	return err != nil || len(fields) < 2 || n < 7 || n == 8 || n > 15
}
