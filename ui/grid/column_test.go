package grid

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"daytona/snapdeck/ui/text"
)

func TestVisibleColumns(t *testing.T) {
	g := newItems("ant")
	tests := []struct {
		width int
		want  []string
	}{
		{80, []string{"name", "state", "size"}},
		{21, []string{"name", "state"}},
		{12, []string{"name"}},
		{4, []string{}},
	}
	for _, tt := range tests {
		g.SetSize(tt.width, 5)
		if diff := cmp.Diff(tt.want, g.VisibleColumns()); diff != "" {
			t.Errorf("at %d: -want +got:\n%s", tt.width, diff)
		}
	}
}

func TestColumnWithoutLimits(t *testing.T) {
	g := newItems("abcdef")
	columns := itemColumns()[:2]
	columns[0].Min, columns[0].Max = 0, 0
	g.SetColumns(columns)
	for width, want := range map[int]string{
		30: "▌  abcdef            active   |",
		12: "▌  … active |",
	} {
		g.SetSize(width, 2)
		if got := strings.Split(screen(g.View(true)), "\n")[1]; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	columns[0].Min, columns[0].Max = 4, 1 // Max below Min is Min
	g.SetColumns(columns)
	g.SetSize(12, 2)
	checkView(t, g, `
		   NAME     |
		▌  ab…f     |
	`)
}

// MinGridWidth includes the gutter and the margin, as SetSize does.
func TestMinGridWidth(t *testing.T) {
	g := newItems("ant")
	columns := itemColumns()
	columns[2].MinGridWidth = 40
	g.SetColumns(columns)
	for width, want := range map[int]int{39: 2, 40: 3} {
		g.SetSize(width, 5)
		if got := len(g.VisibleColumns()); got != want {
			t.Errorf("width %d shows %d columns, want %d", width, got, want)
		}
	}
}

func TestCutFor(t *testing.T) {
	g := newItems("abcdefghijklmnopq ABCDEFGHIJKLMNOPQ")
	columns := itemColumns()[:1]
	columns[0].CutFor = func(r item) text.Cut {
		if r.size == 0 {
			return text.CutEnd
		}
		return text.CutStart
	}
	g.SetColumns(columns)
	g.SetSize(16, 3)
	checkView(t, g, `
		   NAME         |
		▌  abcdefghijk… |
		   …GHIJKLMNOPQ |
	`)
}
