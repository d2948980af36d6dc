package inspect

import (
	"strings"
	"testing"

	"daytona/snapdeck/theme"
	"daytona/snapdeck/ui/pager"
	"daytona/snapdeck/ui/text"
)

// The overview is rebuilt every second. During a search that must not highlight the
// whole Dockerfile.
func TestASearchInTheOverviewColoursOnlyWhatIsSeen(t *testing.T) {
	const lines, height = 10_000, 40
	coloured := map[int]bool{}
	file := pager.NewText(strings.Repeat("RUN a\u202e\tb\n", lines), func(i int, _ string) []text.Highlight {
		coloured[i] = true
		return nil
	})
	shown := numberedTail{head: pager.Lines{text.Lit("state").As(theme.Dim), nil}, tail: file}
	var p pager.Pager
	p.SetSize(80, height)
	p.SetSource(shown)
	if n := p.Search("run"); n != lines {
		t.Errorf("found %d", n)
	}
	p.SetSource(shown)
	p.View()
	if len(coloured) > height {
		t.Errorf("%d lines were coloured for %d that are seen", len(coloured), height)
	}
	for _, i := range []int{0, 1, 2, 10, 11, 1000, 1001, lines + 1} {
		if got, want := shown.Plain(i), shown.Line(i).String(); got != want {
			t.Errorf("line %d is drawn as %q and searched as %q", i, want, got)
		}
	}
}
