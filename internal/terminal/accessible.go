package terminal

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"daytona/snapdeck/ui/text"
)

// A screen reader reads what a program writes, and the line with the cursor. An accessible
// screen therefore does not use the alternate screen, keeps the cursor visible on the selected
// row, and appends a line for each change. The lines scroll through the first rows of the
// terminal into its history; the frame is below them. A frame in which only digits differ is
// not written before the next key, because ages count up each second.
const (
	announceRows = 3
	// minFrameHeight is the height of a frame that leaves no room for announcements.
	minFrameHeight = 10
)

// accessible is the state of a screen for screen readers.
type accessible struct {
	pendingChanges // what happened since the last write

	started    bool     // the frame has its place on the terminal
	shown      []string // the last announcements
	stableText string   // the last frame without digits
	cursor     string   // the sequence that moves the cursor to its place
}

// pendingChanges are what the next write needs to know.
type pendingChanges struct {
	width, height int      // of the terminal
	queue         []string // lines to append
	keyPressed    bool
	suspended     bool // another program has used the terminal
}

// take returns the pending changes before a write and forgets them, except for the size. If
// there is no frame and the screen has no place on the terminal, it leaves them for the next
// write: nothing may be written while another program uses the terminal.
func (a *accessible) take(frame string) pendingChanges {
	if frame == "" && (a.suspended || !a.started) {
		return pendingChanges{}
	}
	taken := a.pendingChanges
	a.pendingChanges = pendingChanges{width: a.width, height: a.height}
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

// changes returns the bytes that append the lines and turn the last frame into the given one,
// nil if nothing changes.
func (p *pendingChanges) changes(a *accessible, d *frameDiff, frame string, redraw bool) []byte {
	if frame == "" && len(p.queue) == 0 {
		return nil
	}
	var out []byte
	d.top = announceHeight(p.height)
	a.started = a.started && !p.suspended
	redraw = redraw || !a.started
	if redraw {
		out = p.start(a, d)
	}
	for _, line := range p.queue {
		out = p.append(out, a, d.top, line)
	}
	if frame != "" {
		plain, cursor := splitMarks(frame, d.top)
		timeless := withoutDigits(plain)
		if redraw || p.keyPressed || timeless != a.stableText || cursor != a.cursor {
			out = append(out, d.update(plain)...)
			a.stableText, a.cursor = timeless, cursor
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, a.cursor+ansi.ShowCursor...)
}

// start moves what is on the terminal into its history, and shows the latest announcements.
func (p *pendingChanges) start(a *accessible, d *frameDiff) []byte {
	d.reset()
	out := []byte(ansi.SetTopBottomMargins(0, 0))
	if !a.started {
		out = append(out, ansi.CursorPosition(1, p.height)+strings.Repeat("\n", p.height)...)
	}
	a.started = true
	out = append(out, ansi.CursorPosition(1, 1)+ansi.EraseScreenBelow...)
	for i, line := range a.shown[max(0, len(a.shown)-d.top):] {
		out = append(out, ansi.CursorPosition(1, i+1)+line...)
	}
	return out
}

// append appends a line, in as many rows as it needs.
func (p *pendingChanges) append(out []byte, a *accessible, top int, line string) []byte {
	if top == 0 {
		return out
	}
	out = append(out, ansi.SetTopBottomMargins(1, top)+ansi.CursorPosition(1, top)...)
	for row := range strings.SplitSeq(ansi.Wrap(line, max(p.width, 1), ""), "\n") {
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
	a.suspended = true
	return ansi.SetTopBottomMargins(0, 0) + ansi.CursorPosition(1, max(a.height, 1)) + "\r\n"
}

// leaveSequence returns the sequence of leave, "" for a screen that is not accessible. It does
// not wait for a lock, which a blocked write may hold.
func (s *screen) leaveSequence() string {
	if s.accessible == nil {
		return ""
	}
	return ansi.SetTopBottomMargins(0, 0) + ansi.CursorPosition(1, 9999) + "\r\n"
}
