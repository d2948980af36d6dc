package text

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"
)

func TestJustify(t *testing.T) {
	t.Parallel()
	left, right := Lit("name").As(theme.Title), Lit("5 s").As(theme.Dim)
	for width, want := range map[int]string{
		12: "name    5 s ",
		9:  "name 5 s ",
		8:  "na… 5 s ",
		6:  "… 5 s ",
		5:  "5 s  ",
		4:  "5 s ",
		2:  "5…",
	} {
		got := Justify(left, right, width)
		if got.String() != want {
			t.Errorf("in %d cells: %q, want %q", width, got, want)
		}
	}
	if right.String() != "5 s" {
		t.Errorf("the right line changed to %q", right)
	}
}

func TestWrapHanging(t *testing.T) {
	t.Parallel()
	line := Lit("a sentence of some words").As(theme.Text)
	var got []string
	for _, part := range line.WrapHanging(12, 2) {
		got = append(got, part.String())
	}
	if want := "a sentence|  of some |  words"; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
	if got := line.WrapHanging(line.Width(), 2); len(got) != 1 || got[0].String() != line.String() {
		t.Errorf("a line that fits is wrapped to %q", got)
	}
}
