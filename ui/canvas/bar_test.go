package canvas

import (
	"testing"

	"daytona/snapdeck/theme"
)

func TestBar(t *testing.T) {
	for share, want := range map[float64]string{-1: "──────────", 0: "──────────", 0.5: "━━━━━─────", 1: "━━━━━━━━━━", 2: "━━━━━━━━━━"} {
		if got := Bar(share, 10, theme.Building).String(); got != want {
			t.Errorf("%v is %q, want %q", share, got, want)
		}
	}
	if got := Bar(0.5, 0, theme.Building).Width(); got != 0 {
		t.Errorf("a bar without room has %d cells", got)
	}
	bar := Bar(0.75, 4, theme.Building)
	if len(bar) != 2 || bar[0].Role != theme.Building || bar[0].Text.Width() != 3 || bar[1].Role != theme.Line {
		t.Errorf("the roles are %v", bar)
	}
}

func BenchmarkBar(b *testing.B) {
	for b.Loop() {
		Bar(0.5, 14, theme.Building)
	}
}
