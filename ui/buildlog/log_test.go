package buildlog

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func now() time.Time { return time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC) }

func TestEndlessLogIsBounded(t *testing.T) {
	t.Parallel()
	l := New("id")
	chunk := strings.Repeat("a line of a log that does not end\n", 1000)
	for range 1200 {
		l.Receive(chunk)
		if len(l.Text()) > maxBytes {
			t.Fatalf("%d bytes are kept", len(l.Text()))
		}
	}
	if l.dropped == 0 || l.dropped+len(l.Text()) != 1200*len(chunk) || l.Received() != 1200*len(chunk) {
		t.Fatalf("%d bytes are kept, %d dropped, %d received", len(l.Text()), l.dropped, l.Received())
	}
	if !strings.HasPrefix(l.Text(), "a line of") {
		t.Fatal("the log does not start with a whole line")
	}
	if note := l.Note().String(); !strings.Contains(note, "live · first ") || !strings.Contains(note, " bytes dropped") {
		t.Fatalf("the note is %q", note)
	}
}

func TestNewConnectionRepeatsNoByte(t *testing.T) {
	t.Parallel()
	const whole = "one\ntwo\nthree\nfour\n"
	for cut := range len(whole) {
		l := New("id")
		l.connect(1)
		l.Receive(whole[:cut])
		l.End(now(), errors.New("closed"), true)
		l.connect(2)
		l.Receive(whole[:7]) // pieces of another size
		l.Receive(whole[7:])
		if l.Text() != whole {
			t.Fatalf("cut at %d the log is %q", cut, l.Text())
		}
	}
}

func TestOnlyTheLatestStreamIsCurrent(t *testing.T) {
	t.Parallel()
	l := New("id")
	l.connect(7)
	l.connect(9)
	if l.Current(7) || !l.Current(9) {
		t.Fatal("the latest stream is not the current one")
	}
}

func TestRetriesOfAnEmptyLogHaveIncreasingDelays(t *testing.T) {
	t.Parallel()
	l := New("id")
	l.connect(0)
	if l.due(now().Add(time.Hour)) {
		t.Fatal("a new connection is due while one is open")
	}
	for i, want := range []time.Duration{3, 6, 12, 24, 48, 60, 60, 60} {
		l.End(now(), nil, true)
		if at := now().Add(want * time.Second); l.due(at.Add(-1)) || !l.due(at) {
			t.Fatalf("connection %d is not due after exactly %d s", i+1, want)
		}
		l.connect(i + 1)
	}
	l.Receive("something")
	l.End(now(), nil, true)
	if !l.due(now().Add(retryDelay)) {
		t.Fatal("the delay stays long after the log brought something")
	}
}

func TestEndOfAStreamIsJudgedByTheBuild(t *testing.T) {
	t.Parallel()
	broke := errors.New("closed")
	for _, tc := range []struct {
		content  string
		err      error
		building bool
		note     string
		again    bool
	}{
		{"step", nil, true, "stream ended, build still running", true},
		{"step", broke, true, "stream broke: closed · retry in 3s", true},
		{"step", broke, false, "log is incomplete: closed", false},
		{"step", nil, false, "end of log", false},
		{"", nil, false, "no log: the server keeps none of successful builds", false},
		{"", broke, false, "log is incomplete: closed", false},
	} {
		l := New("id")
		l.connect(1)
		if note := l.Note().String(); note != "loading" {
			t.Errorf("before the stream the note is %q", note)
		}
		l.Receive(tc.content)
		l.End(now(), tc.err, tc.building)
		if note := l.Note().String(); note != tc.note || l.due(now().Add(time.Hour)) != tc.again {
			t.Errorf("%q, error %v, building %t: the note is %q, due again %t", tc.content, tc.err, tc.building, note, l.due(now().Add(time.Hour)))
		}
	}
}

func TestLogStaysAtItsEnd(t *testing.T) {
	t.Parallel()
	l := New("id")
	l.Pager().SetSize(20, 2)
	l.Receive("one\ntwo\nthree\n")
	if view := l.Pager().View(); l.ID() != "id" || !strings.Contains(view[len(view)-1].String(), "three") && !strings.Contains(view[0].String(), "three") {
		t.Fatalf("the log of %q shows %q", l.ID(), view)
	}
}
