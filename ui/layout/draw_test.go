package layout

import (
	"fmt"
	"image"
	"strings"
)

// parts are the rectangles that tile a screen, each with the letter it is drawn in.
func parts(s Screen) []part {
	return []part{
		{'H', s.Header},
		{'=', s.HeaderRule},
		{'/', s.Filter},
		{'~', s.Gap},
		{'T', s.Table},
		{'|', s.Divider},
		{'D', s.Detail},
		{'-', s.FooterRule},
		{'F', s.Footer},
	}
}

// overlays are the rectangles that lie inside of the parts.
func overlays(s Screen) []part {
	return []part{{'t', s.Heading}, {'d', s.DetailHead}, {'!', s.Toast}}
}

type part struct {
	letter byte
	rect   image.Rectangle
}

// draw paints parts on a canvas, each over the ones before. A cell that nobody
// fills is a '?'.
func draw(size image.Point, parts []part) []string {
	canvas := make([][]byte, size.Y)
	for y := range canvas {
		canvas[y] = []byte(strings.Repeat("?", size.X))
	}
	for _, p := range parts {
		for y := p.rect.Min.Y; y < p.rect.Max.Y; y++ {
			for x := p.rect.Min.X; x < p.rect.Max.X; x++ {
				canvas[y][x] = p.letter
			}
		}
	}
	lines := make([]string, size.Y)
	for y, line := range canvas {
		lines[y] = string(line)
	}
	return lines
}

// squeeze shows how often each run of equal letters and equal lines is repeated,
// so that an expectation is a drawing and not a wall: "T×84 |×1 D×55  ×37".
func squeeze(lines []string) string {
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
