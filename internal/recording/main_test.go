package main

import (
	"slices"
	"strings"
	"testing"
)

func TestNamedScreens(t *testing.T) {
	t.Parallel()
	tape := strings.Split(`Set Width 100
Hide
Type "snapdeck"
Enter
Show
Sleep 1s
# Screen: first
Type "/"
Hide
Wait+Screen /x/
Show
# A comment.

Sleep 2s
# Screen: second
Sleep 3s`, "\n")
	recorded := strings.Join([]string{
		"settings\n", "shown\n", "updated 1s ago\n", "typed\n", "shown again\n", "━━━━──── 1m 12s of 3h\n", "end\n", "",
	}, frameEnd)
	got, err := named(tape, recorded)
	want := []screen{{"first", "updated _ ago\n"}, {"second", "_ _ of 3h\n"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if _, err := named(tape, "one\n"+frameEnd); err == nil || !strings.Contains(err.Error(), "none for first") {
		t.Errorf("a recording that is too short: %v", err)
	}
}
