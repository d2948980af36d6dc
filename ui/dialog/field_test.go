package dialog

import (
	"slices"
	"strconv"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/text"
)

func TestFieldLine(t *testing.T) {
	field := NewField("état:x")
	field.SetCursor(3)
	if got := FieldLine(&field, false).String(); got != "état:x" {
		t.Errorf("without the focus it is %q", got)
	}
	line := FieldLine(&field, true, text.Highlight{From: 1, To: 6, Role: theme.Invalid})
	if got := line.String(); got != "éta█t:x" {
		t.Errorf("with the focus it is %q", got)
	}
	wrong := ""
	for _, span := range line {
		if span.Role == theme.Invalid {
			wrong += span.Text.String()
		}
	}
	if len(wrong) == 0 {
		t.Error("the mistake is not marked")
	}
}

func TestHistory(t *testing.T) {
	var h History
	if _, ok := h.Earlier(); ok || !h.Recalled("") || h.Recalled("x") {
		t.Fatal("an empty history holds a text")
	}
	for _, typed := range []string{"a", "b", "", "a", "c"} {
		h.Remember(typed)
	}
	var got []string
	for {
		earlier, ok := h.Earlier()
		if !ok {
			break
		}
		if !h.Recalled(earlier) || h.Recalled("x") {
			t.Errorf("%q is not the one that was recalled", earlier)
		}
		got = append(got, earlier)
	}
	if !slices.Equal(got, []string{"c", "a", "b"}) {
		t.Errorf("it goes back to %q", got)
	}
	h.Restart()
	if earlier, _ := h.Earlier(); earlier != "c" {
		t.Errorf("after a restart the newest is %q", earlier)
	}
	for i := range 2 * maxHistory {
		h.Remember(strconv.Itoa(i))
	}
	if len(h.past) != maxHistory {
		t.Errorf("it holds %d texts", len(h.past))
	}
}

func TestComplete(t *testing.T) {
	var h History
	asked := 0
	complete := func(typed string) []string {
		asked++
		return map[string][]string{"st": {"state:", "started:"}}[typed]
	}
	typed := "st"
	for _, want := range []string{"state:", "started:", "state:"} {
		next, ok := h.Complete(typed, complete)
		if !ok || next != want {
			t.Fatalf("%q is completed to %q, want %q", typed, next, want)
		}
		typed = next
	}
	if asked != 1 {
		t.Errorf("it asked %d times", asked)
	}
	if next, ok := h.Complete("x", complete); ok {
		t.Errorf("x is completed to %q", next)
	}
}
