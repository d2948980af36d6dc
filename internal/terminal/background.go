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

// replyTimeout bounds the delay at start-up. A local terminal replies within a
// millisecond, one behind ssh within a round trip. A slower one gets the default.
const replyTimeout = 200 * time.Millisecond

// Dark reports whether the background of the terminal is dark. It queries the terminal
// (OSC 11) and waits for at most 200 ms. Without a reply it reads COLORFGBG, and
// without that it assumes a dark background.
//
// The terminal stays in raw mode until Run, so that a late reply is not echoed. Run
// filters it out of the input, and keeps the keys typed before it started.
func (s *Session) Dark() bool {
	if canQuery(s.getenv("TERM")) {
		s.queryBackground()
	}
	if c := ansi.XParseColor(s.in.replies.background); c != nil {
		r, g, b, _ := c.RGBA()
		return 0.2126*float64(r)+0.7152*float64(g)+0.0722*float64(b) < 0xffff/2
	}
	return darkBackground(s.getenv("COLORFGBG"))
}

// canQuery reports whether a terminal of this type supports queries. The Linux console
// prints part of an unknown OSC, screen may be attached to several terminals, and
// Windows does not read its console through a file.
func canQuery(termType string) bool {
	return runtime.GOOS != "windows" && termType != "linux" && !strings.HasPrefix(termType, "screen")
}

// queryBackground sends the queries and reads until the last reply.
func (s *Session) queryBackground() {
	if _, err := term.MakeRaw(s.in.Fd()); err != nil {
		return
	}
	r, err := cancelreader.NewReader(s.in.File)
	if err != nil {
		return
	}
	defer func() { _ = r.Close() }()
	timer := time.AfterFunc(cmp.Or(s.options.ReplyTimeout, replyTimeout), func() { r.Cancel() })
	defer timer.Stop()

	if _, err := s.out.WriteString(queries); err != nil {
		return
	}
	var buf [256]byte
	for !s.in.replies.done {
		n, err := r.Read(buf[:])
		if err != nil {
			return
		}
		s.in.pending = append(s.in.pending, s.in.replies.filter(buf[:n])...)
	}
}

// darkBackground parses COLORFGBG, which rxvt, Konsole and others set to
// "foreground;background" (some with a word in between) as indexes into the 16
// colours. 7 and 9 to 15 are light. Unknown values count as dark.
func darkBackground(colorfgbg string) bool {
	fields := strings.Split(colorfgbg, ";")
	n, err := strconv.Atoi(fields[len(fields)-1])
	return err != nil || len(fields) < 2 || n < 7 || n == 8 || n > 15
}
