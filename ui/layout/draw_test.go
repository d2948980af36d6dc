package layout

import (
	"fmt"
	"image"
	"strings"
)

// tilesOf returns the rectangles that tile a screen, each with a letter to draw it.
func tilesOf(s Screen) []area {
	return []area{
		{'H', s.Header},
		{'=', s.HeaderRule},
		{'/', s.Filter},
		{'~', s.Gap},
		{'T', s.Table},
		{'|', s.Divider},
		{'D', s.Detail},
		{'A', s.Alert},
		{'-', s.FooterRule},
		{'F', s.Footer},
	}
}

// overlaysOf returns the rectangles within the tiles.
func overlaysOf(s Screen) []area {
	return []area{{'t', s.Heading}, {'d', s.DetailHead}, {'!', s.Toast}}
}

type area struct {
	letter byte
	rect   image.Rectangle
}

// draw draws the areas on a canvas in order. A cell that none covers is a '?'.
func draw(size image.Point, areas []area) []string {
	canvas := make([][]byte, size.Y)
	for y := range canvas {
		canvas[y] = []byte(strings.Repeat("?", size.X))
	}
	for _, a := range areas {
		for y := a.rect.Min.Y; y < a.rect.Max.Y; y++ {
			for x := a.rect.Min.X; x < a.rect.Max.X; x++ {
				canvas[y][x] = a.letter
			}
		}
	}
	lines := make([]string, size.Y)
	for y, line := range canvas {
		lines[y] = string(line)
	}
	return lines
}

// runLength encodes runs of equal letters and equal lines: "T×84 |×1 D×55 · 37".
func runLength(lines []string) string {
	var b strings.Builder
	for y := 0; y < len(lines); {
		same := 1
		for y+same < len(lines) && lines[y+same] == lines[y] {
			same++
		}
		line := lines[y]
		for x := 0; x < len(line); {
			run := 1
			for x+run < len(line) && line[x+run] == line[x] {
				run++
			}
			fmt.Fprintf(&b, "%c×%-3d ", line[x], run)
			x += run
		}
		fmt.Fprintf(&b, "· %d\n", same)
		y += same
	}
	return b.String()
}
