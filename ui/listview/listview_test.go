package listview

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/canvas"
	"daytona/snapdeck/ui/grid"
	"daytona/snapdeck/ui/text"
	"daytona/snapdeck/ui/uitest"
)

func list(rows ...string) *List[string] {
	l := New(func(s string) string { return s }, func(s string) []text.Line { return []text.Line{text.Cell(s).As(theme.Text)} },
		text.Lit("nothing yet"), grid.Column[string]{ID: "s", Title: text.Lit("ROW"), Min: 3, Cell: func(s string) text.Line { return text.Cell(s).As(theme.Text) }})
	l.SetRows(rows)
	return l
}

func TestWholeEntryIsBelowTheRows(t *testing.T) {
	t.Parallel()
	l := list("one", strings.Repeat("word ", 12)+"end", "three")
	if got := uitest.List(l, 30, 12); !strings.Contains(got, "\n──────────────────────────────\n one") || strings.Contains(got, "end") {
		t.Errorf("got\n%s", got)
	}
	l.Move(1)
	if got := uitest.List(l, 30, 12); !strings.Contains(got, "end") || !strings.Contains(got, "three") {
		t.Errorf("got\n%s", got)
	}
	if got := uitest.List(l, 30, 5); strings.Contains(got, "──") || strings.Count(got, "\n") != 4 {
		t.Errorf("without room\n%s", got)
	}
}

// TestListCoversWhatIsBehind leaves nothing of the table on the screen.
func TestListCoversWhatIsBehind(t *testing.T) {
	t.Parallel()
	for _, l := range []*List[string]{list("one", "two"), list()} {
		size := image.Pt(30, 12)
		l.Arrange(image.Rectangle{Max: size})
		var c canvas.Canvas
		c.Reset(size)
		behind := make([]text.Line, size.Y)
		for i := range behind {
			behind[i] = text.Cell(strings.Repeat("x", size.X)).As(theme.Text)
		}
		c.Put(image.Rectangle{Max: size}, behind...)
		l.Draw(&c)
		for _, line := range c.Lines() {
			if strings.Contains(line.String(), "x") {
				t.Errorf("%q", line)
			}
		}
	}
}

func TestEmptyListSaysSoInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, height := range []int{3, 5, 12} {
		lines := strings.Split(uitest.List(list(), 31, height), "\n")
		if got := lines[(height-1)/2]; got != "          nothing yet" {
			t.Errorf("in %d lines %q", height, lines)
		}
	}
}
