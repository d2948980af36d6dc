package terminal

import (
	"strings"
	"testing"

	"daytona/snapdeck/ui/text"
)

func TestSplitMarks(t *testing.T) {
	t.Parallel()
	const row, field = text.RowMark, text.FieldMark
	for _, tc := range []struct{ frame, plain, cursor string }{
		{"a\nb", "a\nb", "\x1b[4;1H"},
		{"a\n" + row + "b", "a\nb", "\x1b[5;1H"},
		{row + "a\n\x1b[1m世" + row + "b", "a\n\x1b[1m世b", "\x1b[5;3H"},
		{"/x" + field + "\n" + row + "b", "/x\nb", "\x1b[4;3H"},
	} {
		if plain, cursor := splitMarks(tc.frame, 3); plain != tc.plain || cursor != tc.cursor {
			t.Errorf("%q: %q, %q; want %q, %q", tc.frame, plain, cursor, tc.plain, tc.cursor)
		}
	}
}

func TestAccessibleChanges(t *testing.T) {
	t.Parallel()
	s := newScreen(&Output{})
	s.accessible = &accessible{}
	if got := s.resize(20, 24); got != 21 {
		t.Errorf("the frame has %d rows", got)
	}
	write := func(frame string) string {
		n := s.accessible.take(frame)
		return string(n.changes(s.accessible, &s.diff, frame, false))
	}
	if first := write("age 1s\nb"); !strings.Contains(first, strings.Repeat("\n", 24)) || !strings.Contains(first, "\x1b[4;1Hage 1s") || !strings.HasSuffix(first, "\x1b[4;1H\x1b[?25h") {
		t.Errorf("the first frame is %q", first)
	}
	if got := write("age 2s\nb"); got != "" {
		t.Errorf("only digits differ, and it wrote %q", got)
	}
	s.keyPressed()
	if got := write("age 3s\nb"); got == "" {
		t.Error("a key draws nothing")
	}
	s.announce("a line that needs two rows")
	if got := write(""); got != "\x1b[1;3r\x1b[3;1H\n\ra line that needs\n\rtwo rows\x1b[;r\x1b[4;1H\x1b[?25h" {
		t.Errorf("the announcement is %q", got)
	}
	if got := s.accessible.leave(); !strings.HasSuffix(got, "\x1b[24;1H\r\n") {
		t.Errorf("it leaves with %q", got)
	}
	s.announce("later")
	if got := write(""); got != "" {
		t.Errorf("while another program uses the terminal it writes %q", got)
	}
	if got := write("age 3s\nb"); !strings.Contains(got, "later") || !strings.Contains(got, "two rows") || !strings.Contains(got, "age 3s") {
		t.Errorf("after another program it draws %q", got)
	}
	if top := announceHeight(11); top != 0 {
		t.Errorf("a small terminal has %d rows for announcements", top)
	}
}

func TestAnnounceNeedsAnAccessibleScreen(t *testing.T) {
	t.Parallel()
	s := newScreen(&Output{})
	s.announce("line")
	select {
	case <-s.ready:
		t.Error("there is something to write")
	default:
	}
}
