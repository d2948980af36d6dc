package dialog

import (
	"strings"
	"testing"
	"time"

	"daytona/snapdeck/ui/text"
)

func TestToast(t *testing.T) {
	for _, tc := range []struct {
		kind    ToastKind
		want    string
		stays   time.Duration
		pressed bool // it stays when a key is pressed
	}{
		{Info, " saved", 5 * time.Second, false},
		{Done, " ✓ saved", 5 * time.Second, true},
		{Refused, " ! saved", 5 * time.Second, false},
		{Warned, " ! saved", 15 * time.Second, true},
		{Failed, " ✗ saved", 15 * time.Second, true},
	} {
		var toast Toast
		if toast.Line() != nil {
			t.Fatal("there is a toast at the start")
		}
		toast.Show(tc.kind, "saved", opened)
		toast.Expire(opened.Add(tc.stays - 1))
		if got := toast.Line().String(); got != tc.want {
			t.Errorf("%d is %q, want %q", tc.kind, got, tc.want)
		}
		later := toast
		if later.KeyPressed(); (later.Line() != nil) != tc.pressed {
			t.Errorf("%d after a key is %q", tc.kind, later.Line())
		}
		if toast.Expire(opened.Add(tc.stays)); toast.Line() != nil {
			t.Errorf("%d stays longer than %v", tc.kind, tc.stays)
		}
	}
	var toast Toast
	toast.Append(Failed, "not logged", opened)
	if got := toast.Line().String(); got != " ✗ not logged" {
		t.Errorf("appended to nothing it is %q", got)
	}
	toast.Show(Done, "deleted", opened)
	toast.Append(Failed, "not logged", opened)
	if got := toast.Line().String(); got != " ✗ deleted · not logged" {
		t.Errorf("appended it is %q", got)
	}
}

func TestToastIsAnnounced(t *testing.T) {
	t.Parallel()
	var heard []string
	toast := Toast{Announce: func(line text.Line) { heard = append(heard, strings.TrimSpace(line.String())) }}
	start := time.Now()
	toast.Show(Info, "first", start)
	toast.KeyPressed() // removes it
	toast.Expire(start.Add(time.Hour))
	toast.Show(Info, "second", start)
	if strings.Join(heard, ",") != "first,second" {
		t.Errorf("announced %q", heard)
	}
}
