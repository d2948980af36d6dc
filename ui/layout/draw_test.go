package layout

import (
	"image"
	"strconv"
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

// describe returns the runs of equal lines of a screen: "35T108|D71" is 35 lines with 108 cells
// of the table, the divider, and 71 cells of the detail. A cell that no area covers is a '?'.
func describe(size image.Point, s Screen) string {
	canvas := make([][]byte, size.Y)
	for y := range canvas {
		canvas[y] = []byte(strings.Repeat("?", size.X))
	}
	for _, a := range append(tilesOf(s), overlaysOf(s)...) {
		for y := a.rect.Min.Y; y < a.rect.Max.Y; y++ {
			for x := a.rect.Min.X; x < a.rect.Max.X; x++ {
				canvas[y][x] = a.letter
			}
		}
	}
	var runs []string
	for len(canvas) > 0 {
		line, same := string(canvas[0]), 0
		for same < len(canvas) && string(canvas[same]) == line {
			same++
		}
		canvas = canvas[same:]
		run := strconv.Itoa(same)
		for line != "" {
			rest := strings.TrimLeft(line, line[:1])
			run += line[:1]
			if n := len(line) - len(rest); n > 1 && n < size.X {
				run += strconv.Itoa(n)
			}
			line = rest
		}
		runs = append(runs, run)
	}
	return strings.Join(runs, " ")
}
