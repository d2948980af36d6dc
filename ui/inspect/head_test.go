package inspect

import (
	"image"
	"strings"
	"testing"

	"daytona/snapdeck/model"
)

// head has tabs of its own, so that a new tab changes no test of the head.
func head(width, height int) Head {
	var own []Tab
	for _, name := range []string{"Overview", "Dockerfile", "Build", "Regions", "History", "JSON", "Sandboxes"} {
		own = append(own, Tab{Name: name, Short: map[string]string{"Overview": "Over", "Regions": "Reg", "History": "Hist", "Sandboxes": "Boxes"}[name]})
	}
	return Head{Tabs: own, Open: 1, Size: image.Pt(width, height)}
}

func TestHeadLines(t *testing.T) {
	t.Parallel()
	s := &model.Snapshot{ID: "42", Name: "a-long-name-of-a-snapshot"}
	for _, tc := range []struct {
		head Head
		want string
	}{
		{head(120, 2), " a-long-name-of-a-snapshot  42\n 1 Overview  2▸Dockerfile  3 Build  4 Regions  5 History  6 JSON  7 Sandboxes"},
		{head(77, 2), " a-long-name-of-a-snapshot  42\n 1 Overview  2▸Dockerfile  3 Build  4 Regions  5 History  6 JSON  7 Sandboxes"},
		{head(76, 2), " a-long-name-of-a-snapshot  42\n 1 Overview 2▸Dockerfile 3 Build 4 Regions 5 History 6 JSON 7 Sandboxes"},
		{head(71, 2), " a-long-name-of-a-snapshot  42\n 1 Overview 2▸Dockerfile 3 Build 4 Regions 5 History 6 JSON 7 Sandboxes"},
		{head(70, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Regions 5 History 6 JSON 7 Sandboxes"},
		{head(66, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Reg 5 History 6 JSON 7 Sandboxes"},
		{head(60, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Reg 5 Hist 6 JSON 7 Sandboxes"},
		{head(59, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Reg 5 Hist 6 JSON 7 Boxes"},
		{head(56, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Reg 5 Hist 6 JSON 7 Boxes"},
		{head(55, 2), " a-long-name-of-a-snapshot  42\n 1  2▸Dockerfile  3  4  5  6  7"},
		{head(57, 2), " a-long-name-of-a-snapshot  42\n 1 Over 2▸Dockerfile 3 Build 4 Reg 5 Hist 6 JSON 7 Boxes"},
		{head(50, 2), " a-long-name-of-a-snapshot  42\n 1  2▸Dockerfile  3  4  5  6  7"},
		{head(120, 1), " a-long-name-of-a-snapshot  1 Overview  2▸Dockerfile  3 Build  4 Regions  5 History  6 JSON  7 Sandboxes"},
		{head(40, 1), " a-l…hot  1  2▸Dockerfile  3  4  5  6  7"},
		{head(10, 1), " a-l…hot  1  2▸Dockerfile  3  4  5  6  7"},
	} {
		var lines []string
		for _, line := range tc.head.Lines(s) {
			lines = append(lines, line.String())
		}
		if got := strings.Join(lines, "\n"); got != tc.want {
			t.Errorf("%v: got\n%s\nwant\n%s", tc.head.Size, got, tc.want)
		}
	}
}

// A click on any cell of a tab opens it, and one anywhere else opens none.
func TestTabAt(t *testing.T) {
	t.Parallel()
	s := &model.Snapshot{ID: "42", Name: "name-1-of-2"}
	for _, h := range []Head{head(120, 2), head(72, 2), head(60, 2), head(57, 2), head(40, 2), head(120, 1), head(50, 1)} {
		lines := h.Lines(s)
		last := lines[len(lines)-1]
		start := strings.Index(last.String(), h.TabLine().String())
		x := start
		for i := range h.Tabs {
			for range h.tab(i, h.style()).Width() {
				if got, ok := h.TabAt(s, image.Pt(x, len(lines)-1)); !ok || got != i {
					t.Fatalf("%v: at %d is tab %d, %t, want %d", h.Size, x, got, ok, i)
				}
				x++
			}
		}
		for _, at := range []image.Point{{start - 1, len(lines) - 1}, {x, len(lines) - 1}, {start, len(lines)}, {start, len(lines) - 2}} {
			if got, ok := h.TabAt(s, at); ok {
				t.Errorf("%v: at %v is tab %d", h.Size, at, got)
			}
		}
	}
}
