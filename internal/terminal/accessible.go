package terminal

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/ui/text"
)

// A screen reader reads what a program writes, and the line of the cursor. So the screen for
// one stays out of the alternate screen, leaves the cursor visible on the selected row, and
// appends a line for each change: the first rows of the terminal scroll, and what leaves
// them is in the history of the terminal. The frame is below. A frame in which only digits
// differ is not written before the next key: ages count up each second.
const (
	announceRows = 3
	// minFrameHeight is the height of a frame that leaves no room for announcements.
	minFrameHeight = 10
)

// accessible is the state of a screen for screen readers.
type accessible struct {
	news // what happened since the last write

	started  bool     // the frame has its place on the terminal
	shown    []string // the last announcements
	timeless string   // the last frame without digits
	cursor   string   // the sequence that moves the cursor to its place
}

// news is what the next write needs to know.
type news struct {
	width, height int      // of the terminal
	queue         []string // lines to append
	keyPressed    bool
	left          bool // another program has used the terminal
}

// take returns the news before a write and forgets them, except for the size. Without a frame
// it leaves them for the next one, if the screen has no place on the terminal: nothing may
// be written while another program uses it.
func (a *accessible) take(frame string) news {
	if frame == "" && (a.left || !a.started) {
		return news{}
	}
	taken := a.news
	a.news = news{width: a.width, height: a.height}
	return taken
}

// announceHeight returns how many rows of a terminal scroll.
func announceHeight(height int) int {
	rows := min(announceRows, height-minFrameHeight)
	if rows < 2 { // the fewest that scroll
		return 0
	}
	return rows
}

// Announce appends a line. Without an accessible screen it does nothing. It does not wait
// for the terminal.
func (s *Session) Announce(line string) {
	s.screen.announce(strings.Join(strings.Fields(line), " "))
}

func (s *screen) announce(line string) {
	s.mu.Lock()
	if s.accessible == nil || s.closed {
		s.mu.Unlock()
		return
	}
	s.accessible.queue = append(s.accessible.queue, line)
	s.mu.Unlock()
	s.wake()
}

// resize returns the height that is left for a frame.
func (s *screen) resize(width, height int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accessible == nil {
		return height
	}
	s.accessible.width, s.accessible.height = width, height
	return height - announceHeight(height)
}

// keyPressed makes the next frame appear even if only digits differ.
func (s *screen) keyPressed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accessible != nil {
		s.accessible.keyPressed = true
	}
}

// changes returns the bytes that append the lines and turn the last frame into the given
// one, none for the same.
func (n *news) changes(a *accessible, d *frameDiff, frame string, redraw bool) []byte {
	if frame == "" && len(n.queue) == 0 {
		return nil
	}
	var out []byte
	d.top = announceHeight(n.height)
	a.started = a.started && !n.left
	redraw = redraw || !a.started
	if redraw {
		out = n.start(a, d)
	}
	for _, line := range n.queue {
		out = n.append(out, a, d.top, line)
	}
	if frame != "" {
		plain, cursor := splitMarks(frame, d.top)
		timeless := withoutDigits(plain)
		if redraw || n.keyPressed || timeless != a.timeless || cursor != a.cursor {
			out = append(out, d.update(plain)...)
			a.timeless, a.cursor = timeless, cursor
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, a.cursor+ansi.ShowCursor...)
}

// start moves what is on the terminal into its history, and shows the latest announcements.
func (n *news) start(a *accessible, d *frameDiff) []byte {
	d.reset()
	out := []byte(ansi.SetTopBottomMargins(0, 0))
	if !a.started {
		out = append(out, ansi.CursorPosition(1, n.height)+strings.Repeat("\n", n.height)...)
	}
	a.started = true
	out = append(out, ansi.CursorPosition(1, 1)+ansi.EraseScreenBelow...)
	for i, line := range a.shown[max(0, len(a.shown)-d.top):] {
		out = append(out, ansi.CursorPosition(1, i+1)+line...)
	}
	return out
}

// append appends a line, in as many rows as it needs.
func (n *news) append(out []byte, a *accessible, top int, line string) []byte {
	if top == 0 {
		return out
	}
	out = append(out, ansi.SetTopBottomMargins(1, top)+ansi.CursorPosition(1, top)...)
	for row := range strings.SplitSeq(ansi.Wrap(line, max(n.width, 1), ""), "\n") {
		out = append(out, "\n\r"+row...)
		a.shown = append(a.shown, row)
	}
	a.shown = a.shown[max(0, len(a.shown)-announceRows):]
	return append(out, ansi.SetTopBottomMargins(0, 0)...)
}

// splitMarks returns a frame without the marks of the cursor, and the sequence that moves the
// cursor there: to the field, else to the last row with a mark, else to the first row.
func splitMarks(frame string, top int) (plain, cursor string) {
	cursor = ansi.CursorPosition(1, top+1)
	inField := false
	lines := strings.Split(frame, "\n")
	for y, line := range lines {
		for _, mark := range []string{text.RowMark, text.FieldMark} {
			before, _, found := strings.Cut(line, mark)
			if found && !inField {
				cursor = ansi.CursorPosition(ansi.StringWidth(before)+1, top+y+1)
				inField = mark == text.FieldMark
			}
		}
		lines[y] = strings.NewReplacer(text.RowMark, "", text.FieldMark, "").Replace(line)
	}
	return strings.Join(lines, "\n"), cursor
}

func withoutDigits(frame string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || r == ' ' {
			return -1
		}
		return r
	}, frame)
}

// leave returns the sequence that moves the cursor below the frame, so that other programs
// write there.
func (a *accessible) leave() string {
	a.left = true
	return ansi.SetTopBottomMargins(0, 0) + ansi.CursorPosition(1, max(a.height, 1)) + "\r\n"
}

// leaveSequence is leave for a screen of any kind. It does not wait for a lock, which a
// blocked write may hold.
func (s *screen) leaveSequence() string {
	if s.accessible == nil {
		return ""
	}
	return ansi.SetTopBottomMargins(0, 0) + ansi.CursorPosition(1, 9999) + "\r\n"
}
